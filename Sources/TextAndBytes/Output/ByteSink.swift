/// Takes a file's bytes chunk by chunk; the chunk is valid only during the call.
package typealias ByteSink = (UnsafeRawBufferPointer) throws -> Void
