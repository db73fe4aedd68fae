//! Makes whole matrices of those that the judge's files store in four bits, so that the runtime need not: it would keep
//! every step of that, which takes a second and half a gigabyte. `models/train/judge_export.py` writes the files.

use std::collections::HashMap;

use half::f16;

use crate::retrieval::encoder::onnx_file::{
    DIMENSION, Field, Fields, GRAPH, INITIALIZER, NAME, RAW_DATA, Value, content, put, put_value,
};

/// More fields of `onnx.proto`, and its number for floats.
const NODE: u64 = 1;
const NODE_NAME: u64 = 3;
const DATA_TYPE: u64 = 2;
const FLOAT: u64 = 1;

/// What the name of every node begins with that makes a whole matrix of four bits.
const NODES: &[u8] = b"four bits ";
/// How many rows of a column share a scale.
const GROUP: usize = 32;
/// The level that stands for zero.
const MIDDLE: f32 = 8.0;

/// The same model with whole matrices. `None` if it is not of that form: then the runtime makes them.
pub(super) fn whole(model: &[u8]) -> Option<Vec<u8>> {
    let mut made = Vec::with_capacity(model.len() * 8);
    for field in Fields(model) {
        match field.content() {
            Some(graph) if field.number == GRAPH => put(&mut made, GRAPH, &whole_graph(graph)?),
            _ => made.extend_from_slice(field.bytes),
        }
    }
    Some(made)
}

fn whole_graph(graph: &[u8]) -> Option<Vec<u8>> {
    let tensors = || Fields(graph).filter(|field| field.number == INITIALIZER).filter_map(|field| field.content());
    let scales: HashMap<&[u8], &[u8]> = tensors()
        .filter_map(|tensor| Some((content(tensor, NAME)?.strip_suffix(b".s")?, content(tensor, RAW_DATA)?)))
        .collect();
    let mut made = Vec::with_capacity(graph.len() * 8);
    for field in Fields(graph) {
        let name = field.content().and_then(|tensor| content(tensor, NAME));
        let matrix = name.filter(|_| field.number == INITIALIZER).and_then(|name| name.strip_suffix(b".w"));
        if let Some((name, scales)) = matrix.and_then(|name| Some((name, scales.get(name)?))) {
            put(&mut made, INITIALIZER, &matrix_of(name, field.content()?, scales)?);
        } else if !is_left_out(&field) {
            made.extend_from_slice(field.bytes);
        }
    }
    Some(made)
}

fn is_left_out(field: &Field<'_>) -> bool {
    let name = field.content().filter(|_| field.number == NODE).and_then(|node| content(node, NODE_NAME));
    name.is_some_and(|name| name.starts_with(NODES))
}

/// The tensor of a matrix from its levels (two columns to a byte: the first half of a row is in the high halves) and
/// their scales.
fn matrix_of(name: &[u8], levels: &[u8], scales: &[u8]) -> Option<Vec<u8>> {
    let dimensions = Fields(levels).filter(|field| field.number == DIMENSION);
    let mut dimensions = dimensions.filter_map(|field| match field.value {
        Value::Whole(size) => usize::try_from(size).ok(),
        _ => None,
    });
    let (rows, columns) = (dimensions.next()?, dimensions.next()?.checked_mul(2)?);
    let levels = content(levels, RAW_DATA)?;
    let scales: Vec<f32> = scales.as_chunks().0.iter().map(|two| f16::from_le_bytes(*two).to_f32()).collect();
    let fits = columns > 0 && levels.len() * 2 == rows * columns && scales.len() * GROUP == rows * columns;
    fits.then_some(())?;
    let mut data = vec![0; rows * columns * 4];
    for (row, (levels, numbers)) in levels.chunks_exact(columns / 2).zip(data.chunks_exact_mut(columns * 4)).enumerate()
    {
        let scales = scales.get(row / GROUP * columns..)?;
        let (left, right) = numbers.split_at_mut(columns * 2);
        let numbers = left.as_chunks_mut().0.iter_mut().zip(right.as_chunks_mut().0);
        let scales = scales.iter().zip(scales.get(columns / 2..)?);
        for ((level, (left, right)), (of_left, of_right)) in levels.iter().zip(numbers).zip(scales) {
            *left = ((f32::from(level >> 4) - MIDDLE) * of_left).to_le_bytes();
            *right = ((f32::from(level & 15) - MIDDLE) * of_right).to_le_bytes();
        }
    }
    let mut made = Vec::with_capacity(data.len() + 64);
    put_value(&mut made, DIMENSION, rows as u64);
    put_value(&mut made, DIMENSION, columns as u64);
    put_value(&mut made, DATA_TYPE, FLOAT);
    put(&mut made, NAME, &[name, b".matrix"].concat());
    put(&mut made, RAW_DATA, &data);
    Some(made)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::retrieval::encoder::onnx_file::tensor;

    #[test]
    fn levels_and_scales_become_a_matrix_and_its_nodes_go() {
        // 32 rows of two columns: levels 9 and 6 in each byte, scales 1 and 2.
        let mut levels = Vec::new();
        put_value(&mut levels, DIMENSION, 32);
        put_value(&mut levels, DIMENSION, 1);
        put(&mut levels, NAME, b"x.w");
        put(&mut levels, RAW_DATA, &[0x96; 32]);
        let mut scales = Vec::new();
        put(&mut scales, NAME, b"x.s");
        put(&mut scales, RAW_DATA, &[0x00, 0x3c, 0x00, 0x40]);
        let node = |name: &[u8]| {
            let mut node = Vec::new();
            put(&mut node, NODE_NAME, name);
            node
        };
        let mut graph = Vec::new();
        put(&mut graph, NODE, &node(b"four bits x 0"));
        put(&mut graph, NODE, &node(b"other"));
        put(&mut graph, INITIALIZER, &levels);
        put(&mut graph, INITIALIZER, &scales);
        let mut model = Vec::new();
        put_value(&mut model, 1, 8);
        put(&mut model, GRAPH, &graph);
        let whole = whole(&model).expect("of that form");
        let numbers = tensor(&whole, "x.matrix").expect("the matrix").as_chunks().0;
        let numbers: Vec<f32> = numbers.iter().map(|four| f32::from_le_bytes(*four)).collect();
        assert_eq!(numbers, [1.0, -4.0].repeat(32));
        let nodes = Fields(content(&whole, GRAPH).expect("a graph")).filter(|field| field.number == NODE);
        assert_eq!(nodes.count(), 1);
    }

    #[test]
    fn the_shipped_judge_is_of_that_form() {
        for (model, matrix) in
            [(super::super::READER, "lower.0.qkv.matrix"), (super::super::JUDGE, "upper.0.qkv.matrix")]
        {
            let whole = whole(model).expect("of that form");
            assert!(tensor(&whole, matrix).is_some(), "{matrix}");
            assert!(!whole.windows(NODES.len()).any(|bytes| bytes == NODES), "{matrix}: no node is left");
        }
    }

    #[test]
    fn a_file_of_another_form_is_left_to_the_runtime() {
        let mut levels = Vec::new();
        put(&mut levels, NAME, b"x.w");
        let mut scales = Vec::new();
        put(&mut scales, NAME, b"x.s");
        put(&mut scales, RAW_DATA, &[0x00, 0x3c]);
        let mut graph = Vec::new();
        put(&mut graph, INITIALIZER, &levels);
        put(&mut graph, INITIALIZER, &scales);
        let mut model = Vec::new();
        put(&mut model, GRAPH, &graph);
        assert_eq!(whole(&model), None);
    }
}
