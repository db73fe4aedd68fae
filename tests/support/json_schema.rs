//! Compares JSON with the schema that describes it.

use serde_json::Value;

/// Checks that a value fits a schema. Everything that is required must be there, nothing else may be, and each part
/// must have its type.
pub(crate) fn assert_fits(root: &Value, schema: &Value, value: &Value, at: &str) {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = root.pointer(reference.trim_start_matches('#')).expect("the reference leads somewhere");
        return assert_fits(root, target, value, at);
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        // Null picks the choice of type null. Another value picks a choice by its tag, a property with one allowed
        // value.
        let is_called = |one: &Value| {
            let all = one["properties"].as_object().into_iter().flatten();
            let mut fixed = all.filter_map(|(name, schema)| Some((name, schema["enum"].as_array()?)));
            fixed.all(|(name, only)| only.len() != 1 || value[name] == only[0])
        };
        let choice = choices.iter().find(|one| (one["type"] == "null") == value.is_null() && is_called(one));
        return assert_fits(root, choice.expect("one that fits"), value, at);
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        assert_fits(root, part, value, at);
    }
    let of_type = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("{at}: a type {other}"),
    };
    match &schema["type"] {
        Value::String(name) => assert!(of_type(name), "{at}: {value} is no {name}"),
        Value::Array(names) => {
            let any = names.iter().any(|name| of_type(name.as_str().expect("a name")));
            assert!(any, "{at}: {value} is none of {names:?}");
        }
        _ => {}
    }
    if let Some(allowed) = schema["enum"].as_array() {
        assert!(allowed.contains(value), "{at}: {value} is none of {allowed:?}");
    }
    for name in schema["required"].as_array().into_iter().flatten() {
        assert!(value.get(name.as_str().expect("a name")).is_some(), "{at}: {name} is required");
    }
    if let (Some(of), Some(described)) = (value.as_object(), schema["properties"].as_object()) {
        for (name, value) in of {
            let schema = described.get(name).unwrap_or_else(|| panic!("{at}: {name} is not in the schema"));
            assert_fits(root, schema, value, &format!("{at}.{name}"));
        }
    }
    for (number, item) in value.as_array().into_iter().flatten().enumerate() {
        assert_fits(root, &schema["items"], item, &format!("{at}[{number}]"));
    }
}
