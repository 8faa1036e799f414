#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A table of zeros whose pages the system provides only when they are written.
func zeroedTable(count: Int) -> UnsafeMutablePointer<Int32> {
  guard let memory = calloc(max(count, 1), MemoryLayout<Int32>.stride) else {
    preconditionFailure("no memory for \(count) chains")
  }
  return memory.assumingMemoryBound(to: Int32.self)
}

func releaseZeroedTable(_ table: UnsafeMutablePointer<Int32>) { free(table) }
