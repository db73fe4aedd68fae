//! Reads the stored numbers of an ONNX file, and writes parts of one. It knows as much of protobuf as that takes, and runs
//! nothing.

/// The fields that lead to the numbers (`onnx.proto`).
pub(super) const GRAPH: u64 = 7;
pub(super) const INITIALIZER: u64 = 5;
pub(super) const DIMENSION: u64 = 1;
pub(super) const NAME: u64 = 8;
pub(super) const RAW_DATA: u64 = 9;

/// The bytes of the stored tensor with this name. `None` if there is none, or if the file is cut short.
pub(super) fn tensor<'m>(model: &'m [u8], name: &str) -> Option<&'m [u8]> {
    let graph = content(model, GRAPH)?;
    let mut tensors = Fields(graph).filter(|field| field.number == INITIALIZER);
    tensors.find_map(|field| {
        let tensor = field.content()?;
        (content(tensor, NAME)? == name.as_bytes()).then(|| content(tensor, RAW_DATA))?
    })
}

/// The bytes of the first field with this number in a message.
pub(super) fn content(message: &[u8], number: u64) -> Option<&[u8]> {
    Fields(message).filter(|field| field.number == number).find_map(|field| field.content())
}

/// Adds a field of bytes to a message.
pub(super) fn put(message: &mut Vec<u8>, number: u64, bytes: &[u8]) {
    put_number(message, number << 3 | 2);
    put_number(message, bytes.len() as u64);
    message.extend_from_slice(bytes);
}

/// Adds a field with a whole number to a message.
pub(super) fn put_value(message: &mut Vec<u8>, number: u64, value: u64) {
    put_number(message, number << 3);
    put_number(message, value);
}

fn put_number(message: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        message.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    message.push(number as u8);
}

/// A field of a message.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field<'m> {
    pub(super) number: u64,
    pub(super) value: Value<'m>,
    /// All bytes of the field, its number among them.
    pub(super) bytes: &'m [u8],
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Value<'m> {
    Whole(u64),
    Bytes(&'m [u8]),
    /// A number of four or eight bytes.
    Fixed,
}

impl<'m> Field<'m> {
    pub(super) fn content(&self) -> Option<&'m [u8]> {
        if let Value::Bytes(bytes) = self.value { Some(bytes) } else { None }
    }
}

/// The fields of a message, up to where it is cut short.
pub(super) struct Fields<'m>(pub(super) &'m [u8]);

impl<'m> Fields<'m> {
    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let (first, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(first & 0x7f) << shift;
            if first & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    fn take(&mut self, count: u64) -> Option<&'m [u8]> {
        let (taken, rest) = self.0.split_at_checked(usize::try_from(count).ok()?)?;
        self.0 = rest;
        Some(taken)
    }
}

impl<'m> Iterator for Fields<'m> {
    type Item = Field<'m>;

    fn next(&mut self) -> Option<Self::Item> {
        let all = self.0;
        let tag = self.number()?;
        let value = match tag & 7 {
            0 => Value::Whole(self.number()?),
            1 => self.take(8).map(|_| Value::Fixed)?,
            2 => {
                let length = self.number()?;
                Value::Bytes(self.take(length)?)
            }
            5 => self.take(4).map(|_| Value::Fixed)?,
            _ => return None,
        };
        Some(Field { number: tag >> 3, value, bytes: &all[..all.len() - self.0.len()] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tensor_is_found_by_its_name_and_a_file_cut_short_has_none() {
        // Tensors of one letter each: field 8 is the name, field 9 the bytes.
        let tensor_of = |name: u8, byte: u8| [0x2a, 6, 0x42, 1, name, 0x4a, 1, byte];
        let graph = [tensor_of(b'a', 1), tensor_of(b'b', 2)].concat();
        let model = [vec![0x08, 0x96, 0x01, 0x3a, graph.len() as u8], graph].concat();
        assert_eq!(tensor(&model, "b"), Some([2].as_slice()));
        assert_eq!(tensor(&model, "c"), None);
        for end in 0..model.len() {
            assert_eq!(tensor(&model[..end], "b"), None, "{end} bytes");
        }
    }

    #[test]
    fn what_was_put_is_read_again() {
        let mut message = Vec::new();
        put_value(&mut message, 1, 70_000);
        put(&mut message, 9, &[7; 300]);
        let read: Vec<Field<'_>> = Fields(&message).collect();
        assert!(matches!(
            read.as_slice(),
            [Field { number: 1, value: Value::Whole(70_000), .. }, Field { number: 9, .. }]
        ));
        assert_eq!(content(&message, 9), Some([7; 300].as_slice()));
        assert_eq!(read.iter().flat_map(|field| field.bytes).copied().collect::<Vec<u8>>(), message);
    }
}
