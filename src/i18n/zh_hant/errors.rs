//! The sentences of errors.

use std::io::ErrorKind;

use super::source_problems::source_problem;
use crate::config::flags::{
    AGAIN, COLUMNS, DATA, MAX_FILE_MIB, MAX_LINE_KIB, MAX_NESTING, MAX_PAGES, MAX_PASSAGES, MAX_TEXT_MIB, MAX_TURNS,
    MAX_UNPACKED_MIB,
};
use crate::error::{ClosedReason, Error, QueryError, ReadError, RefusedFile, StoreError, TagError, from_to};
use crate::i18n::messages::ErrorWords;
use crate::i18n::sentences::list;
use crate::library::Reason;

pub(super) static WORDS: ErrorWords = ErrorWords { error, query, unread, source_problem };

fn error(error: &Error) -> String {
    match error {
        Error::Closed { why } => closed(why),
        Error::Busy { path } => {
            format!("{} 已被另一個 yuanhua 開啟。請在它的訪談頁面上操作，或先停止它。", path.display())
        }
        Error::Duplicate { file, name } => format!("{file}：它就是這裡已有的 {name}，沒有再加入。"),
        Error::Withdrawn { file, on } => {
            format!("{file}：這份訪談已於 {on} 撤回。只有撤回不再有效時，才用 yuanhua add --{AGAIN} 重新加入。")
        }
        Error::FileTooLarge { file, mib, most } => {
            format!("{file} 有 {mib} MiB，最多只讀 {most} MiB。請拆分，或用 --{MAX_FILE_MIB} 放寬。")
        }
        Error::TooManyPassages { file, passages, most } => {
            format!("加上 {file} 就有 {passages} 個段落，最多索引 {most} 個。請少放一些，或用 --{MAX_PASSAGES} 放寬。")
        }
        Error::NoSuchTranscript { name } => format!("沒有叫 {name} 的訪談，它可能已撤回或改了名。請回到訪談列表看看。"),
        Error::NoSuchSpeaker { speaker, transcript, names } => {
            format!("{transcript} 裡沒有叫 {speaker} 的人；裡面的名字有：{names}。")
        }
        Error::NobodyNamed { speaker, transcript } => {
            format!("{transcript} 裡沒有人名，也就沒有叫 {speaker} 的人；不填名字，撤回的是整份訪談。")
        }
        Error::SeveralPeople { shown, transcript, names } => {
            format!(
                "{transcript} 裡有幾個人都顯示為 {shown}：{names}。請填其中一人在原文裡的名字，或者先給每人一個不同的化名。"
            )
        }
        Error::SourceChanged => "頁面打開之後，檔案改過或刪掉了，沒有撤回任何內容。請重新打開頁面，再做一次。".into(),
        Error::NoName => "有個檔案的名字不是 UTF-8 編碼，沒有加入。請改名後再加入。".into(),
        Error::BadEnding { file, endings } => format!("{file} 沒有加入：這種檔案不讀。請另存為其中一種：{endings}。"),
        Error::HeldBack { file, on } => {
            format!("{file} 和 {on} 撤回的一份訪談幾乎相同，因此不讀取。只有撤回不再有效時，才在這裡決定全部讀取。")
        }
        Error::NoFile { path } => {
            format!("{} 不是一般檔案（而是連結、管線、裝置或資料夾），因此不讀取。請把檔案本身放進來。", path.display())
        }
        Error::NameTooLong { characters, most } => {
            format!("標題和名字最多 {most} 個字，這個有 {characters} 個。請縮短。")
        }
        Error::Panicked { path } => {
            format!("{} 讀不了，這是程式的錯誤，請告訴我們；其他檔案不受影響。", path.display())
        }
        Error::BadQuestions { path } => format!("{} 已損壞。請把它移開，再重新保留您的問題。", path.display()),
        Error::TooManyQuestions { most } => format!("已保留 {most} 個問題，不能再多。請先去掉一個。"),
        Error::Cancelled => "已取消。".into(),
        Error::Stale(_) => "引文與來源已經對不上。請重新開啟訪談再問。".into(),
        Error::Tags(error) => tags(error),
        Error::Store(error) => store(error),
        Error::Query(error) => query(error),
        Error::Write { path, source } => {
            let remedy = match source.kind() {
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "磁碟滿了：請騰出空間再試",
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                    "沒有寫入的權限：請更改權限，或換一個資料夾"
                }
                _ => "請檢查資料夾和磁碟，然後再試",
            };
            format!("無法寫入 {}；{remedy}。", path.display())
        }
        Error::Io { path, .. } => format!("無法讀取 {}。請檢查它是否存在、您是否有權讀取。", path.display()),
        Error::Read { source, .. } => read(source),
        // The error's own sentence is English and is in the log.
        Error::Calibration(_)
        | Error::BadManifest { .. }
        | Error::ManifestNames { .. }
        | Error::NoKey { .. }
        | Error::NotOurs { .. }
        | Error::TooManyFiles { .. }
        | Error::NoSuchColumn { .. }
        | Error::NoSuchRecording { .. }
        | Error::Unreadable { .. }
        | Error::NoTranscripts { .. }
        | Error::Encoder(_)
        | Error::UnknownEncoder { .. }
        | Error::EncoderFolder { .. }
        | Error::EncoderFetch { .. }
        | Error::EncoderDamaged { .. }
        | Error::Lexical(_)
        | Error::BadRow { .. }
        | Error::PortTaken { .. }
        | Error::Listen { .. }
        | Error::Export(_) => "程式自身出了問題，英文的說明在它的日誌裡。".into(),
    }
}

fn read(error: &ReadError) -> String {
    match error {
        ReadError::Empty => "檔案是空的，沒有可讀的內容。".into(),
        ReadError::NotText => "這不是 UTF-8、UTF-16、GBK、Big5、Shift JIS、EUC-JP、EUC-KR 或 Windows-1252 編碼的文字。請另存為 UTF-8 純文字再試。".into(),
        ReadError::NoQuestions => {
            "沒有找到問題。請讓每個問題以「Q1.」或「問：」開頭，每個回答以「A1」或「答：」開頭；或讓每段話以說話人的名字和冒號開頭。"
                .into()
        }
        ReadError::Refused(kind) => match kind {
            RefusedFile::Audio | RefusedFile::AudioOrVideo => "這是錄音或錄影。請先轉寫成文字。".into(),
            RefusedFile::Compressed | RefusedFile::ZipWithoutDocument => "這是壓縮檔。請先解壓縮，再加入裡面的訪談。".into(),
            RefusedFile::LockedPdf => "這份 PDF 有密碼。請用密碼開啟，另存為沒有密碼的 PDF 再試。".into(),
            RefusedFile::ScannedPdf => "這份 PDF 只有圖片，沒有文字。請先辨識文字（OCR），再存為帶文字的 PDF、DOCX 或純文字。".into(),
            RefusedFile::Spreadsheet => "這是舊式的試算表。請另存為 XLSX，再加入。".into(),
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
            format!("在這些欄裡沒有找到說的話：{columns}。請用 --{COLUMNS} text=欄名,speaker=欄名 指明。")
        }
        ReadError::TooLong { megabytes } => {
            format!("文字超過 {megabytes} MiB。請拆成幾份，或用 --{MAX_TEXT_MIB} 放寬。")
        }
        ReadError::UnpacksTooLarge { megabytes } => {
            format!("解開後超過 {megabytes} MiB。請去掉圖片、存為純文字，或用 --{MAX_UNPACKED_MIB} 放寬。")
        }
        ReadError::LongLine { line, kilobytes } => {
            format!("第 {line} 行超過 {kilobytes} KiB。請分成段落，或用 --{MAX_LINE_KIB} 放寬。")
        }
        ReadError::TooDeep { levels } => {
            format!("元素巢狀超過 {levels} 層。請存為純文字，或用 --{MAX_NESTING} 放寬。")
        }
        ReadError::TooManyPages { pages, most } => {
            format!("有 {pages} 頁，最多讀 {most} 頁。請拆分，或用 --{MAX_PAGES} 放寬。")
        }
        ReadError::TooManyTurns { turns } => {
            format!("發言超過 {turns} 段。請拆成幾份，或用 --{MAX_TURNS} 放寬。")
        }
    }
}

/// Why nothing can be changed.
pub(super) fn closed(why: &ClosedReason) -> String {
    let why = match why {
        ClosedReason::OnlyAFile => format!("只開啟了一個檔案。請用 --{DATA} 開啟一個資料夾。"),
        ClosedReason::Folder(reason) => error(reason),
        ClosedReason::SampleInterview => "範例訪談沒有可以放錄音的資料夾。".into(),
        ClosedReason::NoLibrary => "這個頁面沒有訪談庫。".into(),
    };
    format!("這裡什麼都不能改：{why}")
}

fn query(error: &QueryError) -> String {
    match error {
        QueryError::EmptyFilter { name, .. } => format!("「{name}:」後面要緊跟內容，例如 q:1、who:A3 或 in:訪談名。"),
        QueryError::UnknownFilter { name } => {
            format!("沒有「{name}:」這種條件；可以用 q:、who: 或 in:。如果要找這個詞，請在冒號後加一個空格。")
        }
        QueryError::NoQuestion { label, there } => {
            format!("這裡沒有問題 {label}{}", there_are(&from_to(there, " 到 ")))
        }
        QueryError::NoSpeaker { name, there } => format!("這裡沒有叫 {name} 的人{}", there_are(there)),
        QueryError::NoTranscript { name, there } => format!("這裡沒有叫 {name} 的訪談{}", there_are(there)),
    }
}

fn there_are(some: &[String]) -> String {
    if some.is_empty() { "。".to_owned() } else { format!("：有 {}。", list(some, "、", " 和 ")) }
}

fn tags(error: &TagError) -> String {
    match error {
        TagError::Damaged { path } => {
            format!("{} 已損壞，因此標籤既不顯示也不更改。請放回備份，或把它移開後重新加標籤。", path.display())
        }
        TagError::TooMany { most } => format!("已有 {most} 個標籤，不能再多。請先刪除一個。"),
        TagError::TooManyQuotes { most } => format!("已有 {most} 段引文加了標籤，不能再多。請先去掉一段的標籤。"),
        TagError::NoteTooLong { characters, most } => format!("筆記最多 {most} 個字，這段有 {characters} 個。請縮短。"),
        TagError::NameTooLong { characters, most } => {
            format!("標籤的名稱最多 {most} 個字，這個有 {characters} 個。請縮短。")
        }
        TagError::NoName => "標籤需要一個名稱，請寫上。".into(),
        TagError::Unknown { name } => format!("沒有叫「{name}」的標籤。標籤頁上列出了全部名稱。"),
        TagError::Taken { name } => format!("已有另一個標籤叫「{name}」。請換一個名稱。"),
        TagError::Withdrawn => "其中有已撤回的話，或提到了已撤回的人，因此沒有儲存。請去掉後再寫。".into(),
    }
}

fn unread(reason: &Reason) -> String {
    match reason {
        Reason::Withdrawn(on) => format!("已於 {on} 撤回，不再讀取。"),
        Reason::SameAs(name) => format!("和 {name} 完全相同，只算一份。"),
        Reason::Failed(failure) => error(failure),
    }
}

/// Errors of a shared store.
fn store(error: &StoreError) -> String {
    match error {
        StoreError::Busy { .. } => "另一台伺服器正在更改這個訪談庫，這裡什麼都沒有改。請稍後再試。".into(),
        StoreError::Unsure { .. } => "資料庫還沒確認，連線就斷了。請看看更改是否已在，不在就再做一次。".into(),
        StoreError::NoRecordings => "共享的訪談庫不儲存錄音。請把錄音放在資料夾裡的那份訪談旁邊。".into(),
        _ => "訪談庫所在的資料庫用不了，因此什麼都不顯示：也許有人剛剛撤回。請稍後再試；原因在程式的日誌裡。".into(),
    }
}
