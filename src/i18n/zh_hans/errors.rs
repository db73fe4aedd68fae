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
            format!("{} 已被另一个 yuanhua 打开。请在它的访谈页面上操作，或先停止它。", path.display())
        }
        Error::Duplicate { file, name } => format!("{file}：它就是这里已有的 {name}，没有再添加。"),
        Error::Withdrawn { file, on } => {
            format!("{file}：这份访谈已于 {on} 撤回。只有撤回不再有效时，才用 yuanhua add --{AGAIN} 重新添加。")
        }
        Error::FileTooLarge { file, mib, most } => {
            format!("{file} 有 {mib} MiB，最多只读 {most} MiB。请拆分，或用 --{MAX_FILE_MIB} 放宽。")
        }
        Error::TooManyPassages { file, passages, most } => {
            format!("加上 {file} 就有 {passages} 个段落，最多索引 {most} 个。请少放一些，或用 --{MAX_PASSAGES} 放宽。")
        }
        Error::NoSuchTranscript { name } => format!("没有叫 {name} 的访谈，它可能已撤回或改了名。请回到访谈列表看看。"),
        Error::NoSuchSpeaker { speaker, transcript, names } => {
            format!("{transcript} 里没有叫 {speaker} 的人；里面的名字有：{names}。")
        }
        Error::NobodyNamed { speaker, transcript } => {
            format!("{transcript} 里没有人名，也就没有叫 {speaker} 的人；不填名字，撤回的是整份访谈。")
        }
        Error::SeveralPeople { shown, transcript, names } => {
            format!(
                "{transcript} 里有几个人都显示为 {shown}：{names}。请填其中一人在原文里的名字，或者先给每人一个不同的化名。"
            )
        }
        Error::SourceChanged => "页面打开之后，文件改过或删掉了，没有撤回任何内容。请重新打开页面，再做一次。".into(),
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
        Error::Tags(error) => tags(error),
        Error::Store(error) => store(error),
        Error::Query(error) => query(error),
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
        | Error::Export(_) => "程序自身出了问题，英文的说明在它的日志里。".into(),
    }
}

fn read(error: &ReadError) -> String {
    match error {
        ReadError::Empty => "文件是空的，没有可读的内容。".into(),
        ReadError::NotText => "这不是 UTF-8、UTF-16、GBK、Big5、Shift JIS、EUC-JP、EUC-KR 或 Windows-1252 编码的文字。请另存为 UTF-8 纯文本再试。".into(),
        ReadError::NoQuestions => {
            "没有找到问题。请让每个问题以“Q1.”或“问：”开头，每个回答以“A1”或“答：”开头；或让每段话以说话人的名字和冒号开头。"
                .into()
        }
        ReadError::Refused(kind) => match kind {
            RefusedFile::Audio | RefusedFile::AudioOrVideo => "这是录音或录像。请先转写成文字。".into(),
            RefusedFile::Compressed | RefusedFile::ZipWithoutDocument => "这是压缩文件。请先解压，再添加里面的访谈。".into(),
            RefusedFile::LockedPdf => "这份 PDF 有密码。请用密码打开，另存为没有密码的 PDF 再试。".into(),
            RefusedFile::ScannedPdf => "这份 PDF 只有图片，没有文字。请先识别文字（OCR），再存为带文字的 PDF、DOCX 或纯文本。".into(),
            RefusedFile::Spreadsheet => "这是旧式的电子表格。请另存为 XLSX，再添加。".into(),
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
            format!("在这些列里没有找到说的话：{columns}。请用 --{COLUMNS} text=列名,speaker=列名 指明。")
        }
        ReadError::TooLong { megabytes } => {
            format!("文字超过 {megabytes} MiB。请拆成几份，或用 --{MAX_TEXT_MIB} 放宽。")
        }
        ReadError::UnpacksTooLarge { megabytes } => {
            format!("解开后超过 {megabytes} MiB。请去掉图片、存为纯文本，或用 --{MAX_UNPACKED_MIB} 放宽。")
        }
        ReadError::LongLine { line, kilobytes } => {
            format!("第 {line} 行超过 {kilobytes} KiB。请分成段落，或用 --{MAX_LINE_KIB} 放宽。")
        }
        ReadError::TooDeep { levels } => {
            format!("元素嵌套超过 {levels} 层。请存为纯文本，或用 --{MAX_NESTING} 放宽。")
        }
        ReadError::TooManyPages { pages, most } => {
            format!("有 {pages} 页，最多读 {most} 页。请拆分，或用 --{MAX_PAGES} 放宽。")
        }
        ReadError::TooManyTurns { turns } => {
            format!("发言超过 {turns} 段。请拆成几份，或用 --{MAX_TURNS} 放宽。")
        }
    }
}

/// Why nothing can be changed.
pub(super) fn closed(why: &ClosedReason) -> String {
    let why = match why {
        ClosedReason::OnlyAFile => format!("只打开了一个文件。请用 --{DATA} 打开一个文件夹。"),
        ClosedReason::Folder(reason) => error(reason),
        ClosedReason::SampleInterview => "示例访谈没有可以放录音的文件夹。".into(),
        ClosedReason::NoLibrary => "这个页面没有访谈库。".into(),
    };
    format!("这里什么都不能改：{why}")
}

fn query(error: &QueryError) -> String {
    match error {
        QueryError::EmptyFilter { name, .. } => format!("“{name}:” 后面要紧跟内容，例如 q:1、who:A3 或 in:访谈名。"),
        QueryError::UnknownFilter { name } => {
            format!("没有 “{name}:” 这种条件；可以用 q:、who: 或 in:。如果要找这个词，请在冒号后加一个空格。")
        }
        QueryError::NoQuestion { label, there } => {
            format!("这里没有问题 {label}{}", there_are(&from_to(there, " 到 ")))
        }
        QueryError::NoSpeaker { name, there } => format!("这里没有叫 {name} 的人{}", there_are(there)),
        QueryError::NoTranscript { name, there } => format!("这里没有叫 {name} 的访谈{}", there_are(there)),
    }
}

fn there_are(some: &[String]) -> String {
    if some.is_empty() { "。".to_owned() } else { format!("：有 {}。", list(some, "、", " 和 ")) }
}

fn tags(error: &TagError) -> String {
    match error {
        TagError::Damaged { path } => {
            format!("{} 已损坏，因此标签既不显示也不更改。请放回备份，或把它移开后重新加标签。", path.display())
        }
        TagError::TooMany { most } => format!("已有 {most} 个标签，不能再多。请先删除一个。"),
        TagError::TooManyQuotes { most } => format!("已有 {most} 段引文加了标签，不能再多。请先去掉一段的标签。"),
        TagError::NoteTooLong { characters, most } => format!("笔记最多 {most} 个字，这段有 {characters} 个。请缩短。"),
        TagError::NameTooLong { characters, most } => {
            format!("标签的名称最多 {most} 个字，这个有 {characters} 个。请缩短。")
        }
        TagError::NoName => "标签需要一个名称，请写上。".into(),
        TagError::Unknown { name } => format!("没有叫“{name}”的标签。标签页上列出了全部名称。"),
        TagError::Taken { name } => format!("已有另一个标签叫“{name}”。请换一个名称。"),
        TagError::Withdrawn => "其中有已撤回的话，或提到了已撤回的人，因此没有保存。请去掉后再写。".into(),
    }
}

fn unread(reason: &Reason) -> String {
    match reason {
        Reason::Withdrawn(on) => format!("已于 {on} 撤回，不再读取。"),
        Reason::SameAs(name) => format!("和 {name} 完全相同，只算一份。"),
        Reason::Failed(failure) => error(failure),
    }
}

/// Errors of a shared store.
fn store(error: &StoreError) -> String {
    match error {
        StoreError::Busy { .. } => "另一台服务器正在更改这个访谈库，这里什么都没有改。请稍后再试。".into(),
        StoreError::Unsure { .. } => "数据库还没确认，连接就断了。请看看更改是否已在，不在就再做一次。".into(),
        StoreError::NoRecordings => "共享的访谈库不保存录音。请把录音放在文件夹里的那份访谈旁边。".into(),
        _ => "访谈库所在的数据库用不了，因此什么都不显示：也许有人刚刚撤回。请稍后再试；原因在程序的日志里。".into(),
    }
}
