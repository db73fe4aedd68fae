//! Why a file is not read as an interview, in Chinese. In English an error's
//! own sentence is what is told.

use crate::error::ReadError;

/// What a file is that holds no transcript for us, as its reader names it in English, and in
/// Simplified and Traditional.
const KINDS: [(&str, &str, &str); 10] = [
    ("an RTF file", "RTF 文件；请另存为 DOCX、PDF 或纯文本再试", "RTF 檔案；請另存為 DOCX、PDF 或純文字再試"),
    (
        "a file of an old Office format",
        "旧版 Office 文件；请另存为 DOCX、PDF 或纯文本再试",
        "舊版 Office 檔案；請另存為 DOCX、PDF 或純文字再試",
    ),
    ("an audio recording", "录音；请先转写成文字", "錄音；請先轉寫成文字"),
    ("an audio or video recording", "录音或录像；请先转写成文字", "錄音或錄影；請先轉寫成文字"),
    ("a compressed file", "压缩文件；请先解压", "壓縮檔；請先解壓縮"),
    (
        "a zip archive without a Word document in it",
        "压缩包，里面没有 Word 文档；请解压，或另存为 DOCX 或纯文本再试",
        "壓縮檔，裡面沒有 Word 文件；請解壓縮，或另存為 DOCX 或純文字再試",
    ),
    (
        "a PDF locked with a password",
        "加了密码的 PDF；请用密码打开，另存为没有密码的 PDF 再试",
        "加了密碼的 PDF；請用密碼開啟，另存為沒有密碼的 PDF 再試",
    ),
    (
        "a PDF of pictures, as a scanner makes it, without any text in it",
        "扫描成图片的 PDF，里面没有文字；请先识别文字（OCR），存为带文字的 PDF、DOCX 或纯文本再试",
        "掃描成圖片的 PDF，裡面沒有文字；請先辨識文字（OCR），存為帶文字的 PDF、DOCX 或純文字再試",
    ),
    (
        "a PDF that does not tell what its letters mean",
        "没有说明字形含义的 PDF；请用原来的程序另存，或先识别文字（OCR）再试",
        "沒有說明字形含義的 PDF；請用原來的程式另存，或先辨識文字（OCR）再試",
    ),
    ("", "别的文件", "別的檔案"),
];

fn kind(named: &str) -> (&'static str, &'static str) {
    let found = KINDS.iter().find(|(kind, _, _)| *kind == named).or(KINDS.last());
    found.map(|(_, hans, hant)| (*hans, *hant)).unwrap_or_default()
}

/// 简体中文
pub(super) fn zh_hans(error: &ReadError) -> String {
    match error {
        ReadError::Empty => "文件是空的，没有可读的内容。".into(),
        ReadError::NotText => "这不是 UTF-8、UTF-16、GBK 或 Big5 的文本；请另存为 UTF-8 纯文本再试。".into(),
        ReadError::NoQuestions => {
            "没有找到问题；请让每个问题以“Q1.”或“问：”开头，每个回答以“A1”或“答：”开头，或每次发言以说话人的名字和冒号开头。".into()
        }
        ReadError::Kind { kind: named, .. } => format!("这是{}。", kind(named).0),
        ReadError::Malformed { format, reason } => {
            format!("这个 {format} 文件读不出来（{reason}）；请用原来的程序打开，另存后再试。")
        }
        ReadError::NoColumn { columns } => {
            format!("这些列里没有找到说话内容：{columns}；请用 --columns text=列名,speaker=列名 指明。")
        }
        ReadError::TooLong { megabytes } => format!("文本超过 {megabytes} MiB；请拆分，或用 --max-text-mib 放宽。"),
        ReadError::UnpacksTooLarge { megabytes } => {
            format!("解压后超过 {megabytes} MiB；请去掉图片，存为文本，或用 --max-unpacked-mib 放宽。")
        }
        ReadError::LongLine { line, kilobytes } => {
            format!("第 {line} 行超过 {kilobytes} KiB；请分段，或用 --max-line-kib 放宽。")
        }
        ReadError::TooDeep { levels } => format!("嵌套超过 {levels} 层；请存为纯文本，或用 --max-nesting 放宽。"),
        ReadError::TooManyPages { pages, most } => {
            format!("有 {pages} 页，最多只读 {most} 页；请拆分，或用 --max-pages 放宽。")
        }
        ReadError::TooManyTurns { turns } => format!("发言超过 {turns} 次；请拆成几个文件，或用 --max-turns 放宽。"),
    }
}

/// 繁體中文
pub(super) fn zh_hant(error: &ReadError) -> String {
    match error {
        ReadError::Empty => "檔案是空的，沒有可讀的內容。".into(),
        ReadError::NotText => "這不是 UTF-8、UTF-16、GBK 或 Big5 的文字；請另存為 UTF-8 純文字再試。".into(),
        ReadError::NoQuestions => {
            "沒有找到問題；請讓每個問題以「Q1.」或「問：」開頭，每個回答以「A1」或「答：」開頭，或每次發言以說話人的名字和冒號開頭。".into()
        }
        ReadError::Kind { kind: named, .. } => format!("這是{}。", kind(named).1),
        ReadError::Malformed { format, reason } => {
            format!("這個 {format} 檔案讀不出來（{reason}）；請用原來的程式開啟，另存後再試。")
        }
        ReadError::NoColumn { columns } => {
            format!("這些欄裡沒有找到說話內容：{columns}；請用 --columns text=欄名,speaker=欄名 指明。")
        }
        ReadError::TooLong { megabytes } => format!("文字超過 {megabytes} MiB；請拆分，或用 --max-text-mib 放寬。"),
        ReadError::UnpacksTooLarge { megabytes } => {
            format!("解壓縮後超過 {megabytes} MiB；請去掉圖片，存為文字，或用 --max-unpacked-mib 放寬。")
        }
        ReadError::LongLine { line, kilobytes } => {
            format!("第 {line} 行超過 {kilobytes} KiB；請分段，或用 --max-line-kib 放寬。")
        }
        ReadError::TooDeep { levels } => format!("巢狀超過 {levels} 層；請存為純文字，或用 --max-nesting 放寬。"),
        ReadError::TooManyPages { pages, most } => {
            format!("有 {pages} 頁，最多只讀 {most} 頁；請拆分，或用 --max-pages 放寬。")
        }
        ReadError::TooManyTurns { turns } => format!("發言超過 {turns} 次；請拆成幾個檔案，或用 --max-turns 放寬。"),
    }
}
