//! Errors of the library in Chinese. In English, an error's own sentence is used.

use std::io::ErrorKind;

use crate::error::Error;

/// 简体中文
pub(super) fn zh_hans(error: &Error) -> String {
    match error {
        Error::Closed { .. } => "这里是只读打开的，什么都不能改。".into(),
        Error::Busy { path } => {
            format!("{} 已被另一个 yuanhua 打开。请在它的访谈页面上操作，或先停止它。", path.display())
        }
        Error::Duplicate { file, name } => format!("{file}：它就是这里已有的 {name}，没有再添加。"),
        Error::Withdrawn { file, on } => {
            format!("{file}：这份访谈已于 {on} 撤回。只有撤回不再有效时，才用 yuanhua add --again 重新添加。")
        }
        Error::FileTooLarge { file, mib, most } => {
            format!("{file} 有 {mib} MiB，最多只读 {most} MiB。请拆分，或用 --max-file-mib 放宽。")
        }
        Error::TooManyPassages { file, passages, most } => {
            format!("加上 {file} 就有 {passages} 个段落，最多索引 {most} 个。请少放一些，或用 --max-passages 放宽。")
        }
        Error::NoSuchTranscript { name } => format!("没有叫 {name} 的访谈，它可能已撤回或改了名。请回到访谈列表看看。"),
        Error::NoSuchSpeaker { speaker, transcript, names } => {
            format!("{transcript} 里没有叫 {speaker} 的人；里面的名字有：{names}。")
        }
        Error::NoName => "有个文件的名字不是 UTF-8 编码，没有添加。请改名后再添加。".into(),
        Error::BadEnding { file, endings } => format!("{file} 没有添加：这种文件不读。请另存为其中一种：{endings}。"),
        Error::HeldBack { file, on } => {
            format!("{file} 和 {on} 撤回的一份访谈几乎相同，因此不读取。只有撤回不再有效时，才在这里决定全部读取。")
        }
        Error::NoFile { path } => {
            format!("{} 不是普通文件（而是链接、管道、设备或文件夹），因此不读取。请把文件本身放进来。", path.display())
        }
        Error::NameTooLong { characters, most } => {
            format!("标题和名字最多 {most} 个字，这个有 {characters} 个。请缩短。")
        }
        Error::Panicked { path } => {
            format!("{} 读不了，这是程序的错误，请告诉我们；其他文件不受影响。", path.display())
        }
        Error::BadQuestions { path } => format!("{} 已损坏。请把它移开，再重新保留您的问题。", path.display()),
        Error::TooManyQuestions { most } => format!("已保留 {most} 个问题，不能再多。请先去掉一个。"),
        Error::Cancelled => "已取消。".into(),
        Error::Stale(_) => "引文与来源已经对不上。请重新打开访谈再问。".into(),
        Error::Tags(error) => super::tags::zh_hans(error),
        Error::Store(error) => super::shared_store::zh_hans(error),
        Error::Query(error) => super::unclear::zh_hans(error),
        Error::Write { path, source } => {
            let remedy = match source.kind() {
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "磁盘满了：请腾出空间再试",
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                    "没有写入的权限：请更改权限，或换一个文件夹"
                }
                _ => "请检查文件夹和磁盘，然后再试",
            };
            format!("无法写入 {}；{remedy}。", path.display())
        }
        Error::Io { path, .. } => format!("无法读取 {}。请检查它是否存在、您是否有权读取。", path.display()),
        Error::Read { source, .. } => super::read_errors::zh_hans(source),
        // The error's own sentence is English and is in the log.
        _ => "程序自身出了问题，英文的说明在它的日志里。".into(),
    }
}

/// 繁體中文
pub(super) fn zh_hant(error: &Error) -> String {
    match error {
        Error::Closed { .. } => "這裡是唯讀開啟的，什麼都不能改。".into(),
        Error::Busy { path } => {
            format!("{} 已被另一個 yuanhua 開啟。請在它的訪談頁面上操作，或先停止它。", path.display())
        }
        Error::Duplicate { file, name } => format!("{file}：它就是這裡已有的 {name}，沒有再加入。"),
        Error::Withdrawn { file, on } => {
            format!("{file}：這份訪談已於 {on} 撤回。只有撤回不再有效時，才用 yuanhua add --again 重新加入。")
        }
        Error::FileTooLarge { file, mib, most } => {
            format!("{file} 有 {mib} MiB，最多只讀 {most} MiB。請拆分，或用 --max-file-mib 放寬。")
        }
        Error::TooManyPassages { file, passages, most } => {
            format!("加上 {file} 就有 {passages} 個段落，最多索引 {most} 個。請少放一些，或用 --max-passages 放寬。")
        }
        Error::NoSuchTranscript { name } => format!("沒有叫 {name} 的訪談，它可能已撤回或改了名。請回到訪談列表看看。"),
        Error::NoSuchSpeaker { speaker, transcript, names } => {
            format!("{transcript} 裡沒有叫 {speaker} 的人；裡面的名字有：{names}。")
        }
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
        Error::Tags(error) => super::tags::zh_hant(error),
        Error::Store(error) => super::shared_store::zh_hant(error),
        Error::Query(error) => super::unclear::zh_hant(error),
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
        Error::Read { source, .. } => super::read_errors::zh_hant(source),
        _ => "程式自身出了問題，英文的說明在它的日誌裡。".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_on_a_chinese_page_are_in_chinese() {
        let of = |error: Error| (zh_hans(&error), zh_hant(&error));
        let nobody =
            Error::NoSuchSpeaker { speaker: "甲".into(), transcript: "访谈".into(), names: "乙、丙".into() };
        assert_eq!(of(nobody).0, "访谈 里没有叫 甲 的人；里面的名字有：乙、丙。");
        let full = Error::Write { path: "a.txt".into(), source: ErrorKind::StorageFull.into() };
        assert_eq!(
            of(full),
            ("无法写入 a.txt；磁盘满了：请腾出空间再试。".into(), "無法寫入 a.txt；磁碟滿了：請騰出空間再試。".into())
        );
        assert!(!of(Error::Closed { why: "read only".into() }).0.contains("read only"));
    }
}
