use super::*;

#[test]
fn a_clause_tells_what_it_does() {
    let role = Role::of;
    for denies in ["但它還是不能完全代替人的服務,", "所以无法完全代替人工", "I do not think so", "it didn’t help"]
    {
        assert!(role(denies).decides > 0.0, "{denies}");
    }
    for says in ["我们要不断学习", "不仅快,而且好", "no doubt it helps"] {
        assert!(role(says).decides <= 0.0, "{says}");
    }
    for of_oneself in ["没有,", "我从来不喝酒", "我没去过,", "No.", "I never saw it,"] {
        assert!(role(of_oneself).denies_of_oneself > 0.0, "{of_oneself}");
    }
    assert!(role("不加糖不加奶,").denies_of_oneself <= 0.0);
    assert!(role("远程办公会不会降低效率,").raises > 0.0);
    assert!(role("电子签章是指用数字证书加锁").defines > 0.0);
    assert!(role("A contract is a promise that a court will keep").defines > 0.0);
    assert!(role("所以我的结论是可以").concludes > 0.0 && role("In the end we stopped").concludes > 0.0);
    assert!(role("要说“AI完全替代人工”,").raises > 0.0 && role("As for the pay,").raises > 0.0);
    assert!(role("它们有什么用呢？").asks > 0.0);
}
