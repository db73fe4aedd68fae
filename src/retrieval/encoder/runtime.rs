//! The runtime of the model: the pure-Rust one, or the user's own ONNX Runtime library.

#[cfg(feature = "built-in-runtime")]
pub(super) use built_in::start;
#[cfg(all(feature = "ort-load-dynamic", not(feature = "built-in-runtime")))]
pub(super) use own::start;

#[cfg(not(any(feature = "built-in-runtime", feature = "ort-load-dynamic")))]
compile_error!("the encoder needs a runtime: enable the feature built-in-runtime or ort-load-dynamic");

/// The pure-Rust runtime. It lacks one call that this version of ort makes, which is added here.
#[cfg(feature = "built-in-runtime")]
mod built_in {
    use std::ffi::c_char;
    use std::sync::Once;

    use ort::sys::{OrtApi, OrtStatusPtr, OrtTensorTypeAndShapeInfo};

    use crate::error::Error;

    static START: Once = Once::new();

    #[expect(clippy::unnecessary_wraps, reason = "the other runtime can fail to start")]
    pub(crate) fn start() -> Result<(), Error> {
        START.call_once(|| {
            let api = OrtApi { SetSymbolicDimensions: set_symbolic_dimensions, ..ort_tract::api() };
            // This is false only when a backend was set before. Then that backend is used.
            let _ = ort::set_api(api);
        });
        Ok(())
    }

    /// Does nothing. fastembed turns on ort's `api-24`. With it ort describes the inputs of a session
    /// for its model editor, and panics if dimensions cannot be named. Nothing reads these names here.
    extern "system" fn set_symbolic_dimensions(
        _info: *mut OrtTensorTypeAndShapeInfo,
        _names: *mut *const c_char,
        _count: usize,
    ) -> OrtStatusPtr {
        OrtStatusPtr::default()
    }
}

/// An ONNX Runtime library of the user's own.
#[cfg(all(feature = "ort-load-dynamic", not(feature = "built-in-runtime")))]
mod own {
    use crate::error::Error;

    pub(crate) fn start() -> Result<(), Error> {
        let path = std::env::var_os("ORT_DYLIB_PATH")
            .ok_or_else(|| Error::Encoder("ORT_DYLIB_PATH names no ONNX Runtime library".into()))?;
        let runtime = ort::init_from(path).map_err(|error| Error::Encoder(error.to_string()))?;
        // This is false only when the runtime was started before.
        runtime.commit();
        Ok(())
    }
}
