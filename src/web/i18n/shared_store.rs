//! Errors of a shared store in Chinese. In English, an error's own sentence is used.

use crate::error::StoreError;

/// 简体中文
pub(super) fn zh_hans(error: &StoreError) -> String {
    match error {
        StoreError::Busy { .. } => "另一台服务器正在更改这个访谈库，这里什么都没有改。请稍后再试。".into(),
        StoreError::Unsure { .. } => "数据库还没确认，连接就断了。请看看更改是否已在，不在就再做一次。".into(),
        StoreError::NoRecordings => "共享的访谈库不保存录音。请把录音放在文件夹里的那份访谈旁边。".into(),
        _ => "访谈库所在的数据库用不了，因此什么都不显示：也许有人刚刚撤回。请稍后再试；原因在程序的日志里。".into(),
    }
}

/// 繁體中文
pub(super) fn zh_hant(error: &StoreError) -> String {
    match error {
        StoreError::Busy { .. } => "另一台伺服器正在更改這個訪談庫，這裡什麼都沒有改。請稍後再試。".into(),
        StoreError::Unsure { .. } => "資料庫還沒確認，連線就斷了。請看看更改是否已在，不在就再做一次。".into(),
        StoreError::NoRecordings => "共享的訪談庫不儲存錄音。請把錄音放在資料夾裡的那份訪談旁邊。".into(),
        _ => "訪談庫所在的資料庫用不了，因此什麼都不顯示：也許有人剛剛撤回。請稍後再試；原因在程式的日誌裡。".into(),
    }
}
