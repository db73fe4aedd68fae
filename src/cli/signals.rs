//! Signals to stop: Ctrl+C and SIGTERM. The first lets work in flight finish. The second
//! ends the program at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The usual exit status of a program that a signal ended.
const INTERRUPTED: i32 = 130;
#[cfg(unix)]
const TERMINATED: i32 = 143;

/// Waits for the first signal. A second one ends the program at once.
pub(super) async fn stop_requested() {
    let mut signals = Signals::listen();
    signals.next().await;
    tokio::spawn(async move {
        let status = signals.next().await;
        std::process::exit(status);
    });
}

/// A flag that the first signal sets, for work that checks it between steps.
pub(super) fn stop_flag() -> std::io::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let set = Arc::clone(&stop);
    std::thread::spawn(move || {
        runtime.block_on(async {
            let mut signals = Signals::listen();
            signals.next().await;
            set.store(true, Ordering::SeqCst);
            let status = signals.next().await;
            std::process::exit(status);
        });
    });
    Ok(stop)
}

/// Signals from now on.
#[cfg(unix)]
struct Signals(Option<[tokio::signal::unix::Signal; 2]>);

#[cfg(unix)]
impl Signals {
    fn listen() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        Self(signal(SignalKind::interrupt()).ok().zip(signal(SignalKind::terminate()).ok()).map(Into::into))
    }

    /// The exit status for the next signal. It waits for ever where there are no signals.
    async fn next(&mut self) -> i32 {
        let Some([interrupt, terminate]) = &mut self.0 else { return std::future::pending().await };
        tokio::select! {
            _ = interrupt.recv() => INTERRUPTED,
            _ = terminate.recv() => TERMINATED,
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn listen() -> Self {
        Self
    }

    async fn next(&mut self) -> i32 {
        match tokio::signal::ctrl_c().await {
            Ok(()) => INTERRUPTED,
            Err(_) => std::future::pending().await,
        }
    }
}
