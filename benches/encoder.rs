//! Measures how fast the built-in encoder is: `cargo bench --bench encoder`. It prints medians and decides nothing.

use std::time::{Duration, Instant};

use yuanhua::retrieval::encoder::Encoder;

/// A query of about 15 tokens. `PASSAGE` has about 120.
const QUERY: &str = "您觉得人工智能会取代人工客服吗?为什么?";
const PASSAGE: &str = "我觉得短期内不会完全取代,因为客户情绪上来的时候,还是希望跟真人说话。机器人能处理的,主要是查订单、\
    改地址、退换货这一类标准的问题,大概占我们咨询量的七成。剩下的三成,要么是投诉,要么是规则里没有写的特殊情况,\
    需要客服自己判断,有时候还要跟仓库、物流和商家来回沟通好几次,这些事情现在的系统还做不了,\
    培训一个新人要三个月,其中一大半的时间都花在怎么安抚客户上,这是我们最看重的能力。";

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64()
}

fn main() {
    let start = Instant::now();
    let encoder = Encoder::built_in().expect("the built-in encoder loads");
    println!("loading: {:.0} ms", start.elapsed().as_secs_f64() * 1e3);
    let passages: Vec<String> = (0..200).map(|i| format!("{i} {PASSAGE}")).collect();
    encoder.embed(&passages).expect("it embeds");
    let timed = |count: usize, work: &dyn Fn()| {
        let times = (0..count).map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        });
        median(times.collect())
    };
    let query = timed(101, &|| drop(encoder.embed_one(QUERY).expect("it embeds")));
    println!("query: {:.1} ms (median of 101, one core)", query * 1e3);
    let waiting: Vec<String> = (0..8).map(|i| format!("{i} {QUERY}")).collect();
    let together = timed(31, &|| drop(encoder.embed(&waiting).expect("it embeds")));
    println!("queries, eight that wait together: {:.1} ms each (median of 31, one core)", together * 1e3 / 8.0);
    let alone = timed(5, &|| drop(encoder.embed(&passages[..20]).expect("it embeds")));
    println!("passages of about 120 tokens, one core: {:.0} a second", 20.0 / alone);
    let many = timed(5, &|| drop(encoder.embed(&passages).expect("it embeds")));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!("passages of about 120 tokens, {cores} cores: {:.0} a second", 200.0 / many);
}
