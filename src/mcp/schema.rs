//! The JSON schemas of the tools. They come from the same descriptions as the documentation of the HTTP interface.

use std::sync::Arc;

use rmcp::model::JsonObject;
use serde_json::Value;
use utoipa::ToSchema;

/// Returns the JSON schema of a type. It refers to nothing outside itself.
pub(super) fn of<T: ToSchema>() -> Arc<JsonObject> {
    let mut parts = Vec::new();
    T::schemas(&mut parts);
    let written = |schema| serde_json::to_value(schema).unwrap_or_default();
    let parts: JsonObject = parts.into_iter().map(|(name, schema)| (name, written(schema))).collect();
    let mut schema = written(T::schema());
    if !parts.is_empty() {
        schema["$defs"] = Value::Object(parts);
    }
    // OpenAPI keeps the parts in a place of its own.
    let schema = schema.to_string().replace("#/components/schemas/", "#/$defs/");
    match serde_json::from_str(&schema) {
        Ok(Value::Object(schema)) => Arc::new(schema),
        _ => Arc::new(rmcp::object!({ "type": "object" })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::AnswerWithSource;

    #[test]
    fn a_schema_leads_to_nothing_outside_itself() {
        let schema = of::<AnswerWithSource>();
        let written = serde_json::json!(*schema).to_string();
        assert!(!written.contains("#/components"), "{written}");
        assert!(schema["$defs"]["Cited"]["properties"]["permalink"].is_object(), "{written}");
    }
}
