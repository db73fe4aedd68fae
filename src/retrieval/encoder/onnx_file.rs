//! Reads the stored numbers of an ONNX file. It knows as much of protobuf as that takes, and runs nothing.

/// The fields that lead to the numbers (`onnx.proto`).
const GRAPH: u64 = 7;
const INITIALIZER: u64 = 5;
const NAME: u64 = 8;
const RAW_DATA: u64 = 9;

/// The bytes of the stored tensor with this name. `None` if there is none, or if the file is cut short.
pub(super) fn tensor<'m>(model: &'m [u8], name: &str) -> Option<&'m [u8]> {
    let graph = Fields(model).find_map(|(field, bytes)| (field == GRAPH).then_some(bytes))?;
    let mut tensors = Fields(graph).filter(|(field, _)| *field == INITIALIZER);
    tensors.find_map(|(_, tensor)| {
        let of = |wanted: u64| Fields(tensor).find_map(|(field, bytes)| (field == wanted).then_some(bytes));
        (of(NAME)? == name.as_bytes()).then(|| of(RAW_DATA))?
    })
}

/// The fields of a message that are bytes. Others are passed over.
struct Fields<'m>(&'m [u8]);

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
    type Item = (u64, &'m [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let tag = self.number()?;
            match tag & 7 {
                0 => drop(self.number()?),
                1 => drop(self.take(8)?),
                2 => {
                    let length = self.number()?;
                    return Some((tag >> 3, self.take(length)?));
                }
                5 => drop(self.take(4)?),
                _ => return None,
            }
        }
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
}
