//! The reasons why a source cannot be read, in Chinese. In English, an error's own sentence is used.

use crate::error::{ReadError, RefusedFile};

/// 简体中文
pub(super) fn zh_hans(error: &ReadError) -> String {
    match error {
        ReadError::Empty => "文件是空的，没有可读的内容。".into(),
        ReadError::NotText => "这不是 UTF-8、UTF-16、GBK、Big5 或 Windows-1252 编码的文字。请另存为 UTF-8 纯文本再试。".into(),
        ReadError::NoQuestions => {
            "没有找到问题。请让每个问题以“Q1.”或“问：”开头，每个回答以“A1”或“答：”开头；或让每段话以说话人的名字和冒号开头。"
                .into()
        }
        ReadError::Refused(kind) => match kind {
            RefusedFile::Audio | RefusedFile::AudioOrVideo => "这是录音或录像。请先转写成文字。".into(),
            RefusedFile::Compressed | RefusedFile::ZipWithoutDocument => "这是压缩文件。请先解压，再添加里面的访谈。".into(),
            RefusedFile::LockedPdf => "这份 PDF 有密码。请用密码打开，另存为没有密码的 PDF 再试。".into(),
            RefusedFile::ScannedPdf => "这份 PDF 只有图片，没有文字。请先识别文字（OCR），再存为带文字的 PDF、DOCX 或纯文本。".into(),
            RefusedFile::Spreadsheet => "这是电子表格。请把工作表另存为 CSV（UTF-8），再添加。".into(),
            RefusedFile::Rtf
            | RefusedFile::OldOffice
            | RefusedFile::Presentation
            | RefusedFile::AppleDocument
            | RefusedFile::PdfWithoutLetters => "这种格式读不了。请另存为 DOCX、PDF 或纯文本再试。".into(),
        },
        ReadError::Malformed { format, reason } => {
            format!("这份 {format} 读不了（{reason}）。请用原来的程序打开，重新保存后再试。")
        }
        ReadError::NoColumn { columns } => {
            format!("在这些列里没有找到说的话：{columns}。请用 --columns text=列名,speaker=列名 指明。")
        }
        ReadError::TooLong { megabytes } => {
            format!("文字超过 {megabytes} MiB。请拆成几份，或用 --max-text-mib 放宽。")
        }
        ReadError::UnpacksTooLarge { megabytes } => {
            format!("解开后超过 {megabytes} MiB。请去掉图片、存为纯文本，或用 --max-unpacked-mib 放宽。")
        }
        ReadError::LongLine { line, kilobytes } => {
            format!("第 {line} 行超过 {kilobytes} KiB。请分成段落，或用 --max-line-kib 放宽。")
        }
        ReadError::TooDeep { levels } => {
            format!("元素嵌套超过 {levels} 层。请存为纯文本，或用 --max-nesting 放宽。")
        }
        ReadError::TooManyPages { pages, most } => {
            format!("有 {pages} 页，最多读 {most} 页。请拆分，或用 --max-pages 放宽。")
        }
        ReadError::TooManyTurns { turns } => {
            format!("发言超过 {turns} 段。请拆成几份，或用 --max-turns 放宽。")
        }
    }
}

/// 繁體中文
pub(super) fn zh_hant(error: &ReadError) -> String {
    match error {
        ReadError::Empty => "檔案是空的，沒有可讀的內容。".into(),
        ReadError::NotText => "這不是 UTF-8、UTF-16、GBK、Big5 或 Windows-1252 編碼的文字。請另存為 UTF-8 純文字再試。".into(),
        ReadError::NoQuestions => {
            "沒有找到問題。請讓每個問題以「Q1.」或「問：」開頭，每個回答以「A1」或「答：」開頭；或讓每段話以說話人的名字和冒號開頭。"
                .into()
        }
        ReadError::Refused(kind) => match kind {
            RefusedFile::Audio | RefusedFile::AudioOrVideo => "這是錄音或錄影。請先轉寫成文字。".into(),
            RefusedFile::Compressed | RefusedFile::ZipWithoutDocument => "這是壓縮檔。請先解壓縮，再加入裡面的訪談。".into(),
            RefusedFile::LockedPdf => "這份 PDF 有密碼。請用密碼開啟，另存為沒有密碼的 PDF 再試。".into(),
            RefusedFile::ScannedPdf => "這份 PDF 只有圖片，沒有文字。請先辨識文字（OCR），再存為帶文字的 PDF、DOCX 或純文字。".into(),
            RefusedFile::Spreadsheet => "這是試算表。請把工作表另存為 CSV（UTF-8），再加入。".into(),
            RefusedFile::Rtf
            | RefusedFile::OldOffice
            | RefusedFile::Presentation
            | RefusedFile::AppleDocument
            | RefusedFile::PdfWithoutLetters => "這種格式讀不了。請另存為 DOCX、PDF 或純文字再試。".into(),
        },
        ReadError::Malformed { format, reason } => {
            format!("這份 {format} 讀不了（{reason}）。請用原來的程式開啟，重新儲存後再試。")
        }
        ReadError::NoColumn { columns } => {
            format!("在這些欄裡沒有找到說的話：{columns}。請用 --columns text=欄名,speaker=欄名 指明。")
        }
        ReadError::TooLong { megabytes } => {
            format!("文字超過 {megabytes} MiB。請拆成幾份，或用 --max-text-mib 放寬。")
        }
        ReadError::UnpacksTooLarge { megabytes } => {
            format!("解開後超過 {megabytes} MiB。請去掉圖片、存為純文字，或用 --max-unpacked-mib 放寬。")
        }
        ReadError::LongLine { line, kilobytes } => {
            format!("第 {line} 行超過 {kilobytes} KiB。請分成段落，或用 --max-line-kib 放寬。")
        }
        ReadError::TooDeep { levels } => {
            format!("元素巢狀超過 {levels} 層。請存為純文字，或用 --max-nesting 放寬。")
        }
        ReadError::TooManyPages { pages, most } => {
            format!("有 {pages} 頁，最多讀 {most} 頁。請拆分，或用 --max-pages 放寬。")
        }
        ReadError::TooManyTurns { turns } => {
            format!("發言超過 {turns} 段。請拆成幾份，或用 --max-turns 放寬。")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript;

    #[test]
    fn a_refused_file_is_described_by_its_kind() {
        let refused = |bytes: &[u8]| transcript::read("a", bytes).expect_err("it is refused");
        for (bytes, told) in [
            (&b"ID3\x03"[..], "这是录音或录像。请先转写成文字。"),
            (b"\x1f\x8b\x08", "这是压缩文件。请先解压，再添加里面的访谈。"),
            (b"{\\rtf1 hello}", "这种格式读不了。请另存为 DOCX、PDF 或纯文本再试。"),
            (b" \n", "文件是空的，没有可读的内容。"),
        ] {
            assert_eq!(zh_hans(&refused(bytes)), told);
        }
        assert_eq!(zh_hant(&refused(b"RIFF")), "這是錄音或錄影。請先轉寫成文字。");
    }
}
