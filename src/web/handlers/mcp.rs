//! `/mcp`: the endpoint for assistants, behind the same admission and limits as every page.

use std::sync::Arc;

use axum::extract::Request;
use axum::middleware;
use axum::routing::{MethodRouter, any};

use crate::api::Refusal;
use crate::library::Withdrawals;
use crate::mcp::{self, Endpoint, Snapshots};
use crate::retrieval::corpus::Corpus;
use crate::web::http::body;
use crate::web::problem::{NotServed, WebProblem};
use crate::web::site::{Site, Work};

impl Snapshots for Site {
    fn withdrawals(&self) -> Arc<Withdrawals> {
        self.library.as_ref().map(|library| library.withdrawals()).unwrap_or_default()
    }

    async fn with_corpus<T, F>(&self, work: mcp::CallCost, make: F) -> Result<T, Refusal>
    where
        T: Send + 'static,
        F: FnOnce(&Corpus) -> Result<T, Refusal> + Send + 'static,
    {
        let work = match work {
            mcp::CallCost::Query => Work::Query,
            mcp::CallCost::Lookup => Work::Page,
        };
        match Self::with_corpus(self.clone(), work, move |_, corpus| Ok(make(corpus))).await {
            Ok(result) => result,
            Err(WebProblem::NotServed(NotServed::TooBusy { seconds })) => Err(Refusal::Busy { seconds }),
            Err(WebProblem::Library(error)) => Err(Refusal::Library(error)),
            Err(_) => Err(Refusal::Broken),
        }
    }
}

pub(crate) fn route(site: &Site) -> MethodRouter<Site> {
    let endpoint = Endpoint::new(site.clone());
    let answer = move |request: Request| {
        let endpoint = endpoint.clone();
        async move { endpoint.answer(request).await }
    };
    any(answer).layer(middleware::from_fn_with_state(site.clone(), body::read_whole))
}
