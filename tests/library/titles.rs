//! Checks that titles and file names tell nothing of somebody who withdrew, now and after the next start.

use std::fs;

use super::{anywhere, said};

const TALK: &str = "主持人：您怎么看店里的设备？\n欧阳芳：那台磨豆机从开春起就一直漏油，地板上滑得站不住人。\n李四：能用就行，我没有什么意见。\n";
const STREET: &str = "主持人：街道怎么样？\n赵六：街道很干净，路灯也换了新的。\n";

#[test]
fn a_title_or_a_file_name_names_nobody_who_withdrew() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    for (file, text) in [("设备.txt", TALK), ("欧阳芳.txt", STREET), ("那台磨豆机从开春起就一直漏油.txt", STREET)]
    {
        fs::write(data.join(file), text.replace("赵六", &format!("赵{}", file.len()))).expect("written");
    }
    said(data, &["rename", "设备", "与欧阳芳谈设备"]);
    assert!(said(data, &["list"]).contains("欧阳芳"));
    said(data, &["withdraw", "设备", "--interviewee", "欧阳芳"]);
    for round in ["at once", "after another start"] {
        for args in [&["list"][..], &["list", "--json"], &["ask", "街道"], &["ask", "设备", "--json"]] {
            let all = said(data, args);
            assert!(!all.contains("欧阳芳") && !all.contains("磨豆机"), "{round} {args:?}:\n{all}");
        }
    }
    assert!(said(data, &["ask", "街道"]).contains("路灯也换了新的"), "what the others said stays");
    assert!(!anywhere(&data.join(".yuanhua"), "欧阳芳"));
}
