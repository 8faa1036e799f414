#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A table of elements whose bits are zero. The system provides its pages only when they are written.
func zeroedTable<Element: BitwiseCopyable>(count: Int) -> UnsafeMutablePointer<Element> {
  guard let memory = calloc(max(count, 1), MemoryLayout<Element>.stride) else {
    preconditionFailure("no memory for a table of \(count) entries")
  }
  return memory.bindMemory(to: Element.self, capacity: count)
}

func releaseZeroedTable<Element>(_ table: UnsafeMutablePointer<Element>) { free(table) }
