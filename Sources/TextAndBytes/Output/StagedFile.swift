/// A file that is written beside its place and moved there when it is whole.
package final class StagedFile {
  private let path: String
  private let partial: String
  private let sink: FileWriter
  private var isCommitted = false

  package init(path: String) throws(FileProblem) {
    self.path = path
    let cut = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    // Before the ending, which says whether it is gzip.
    partial = path[..<cut] + ".partial-" + path[cut...]
    do throws(FileProblem) {
      sink = try FileWriter(path: partial, isUnfinished: true)
    } catch {
      throw FileProblem(file: path, message: error.message, output: error.output)
    }
  }

  deinit {
    if !isCommitted { FileSystem.remove(partial) }
    UnfinishedFiles.remove(partial)
  }

  package func append(_ body: (inout [UInt8]) -> Void) throws(FileProblem) { try sink.append(body) }

  package func commit() throws(FileProblem) {
    try sink.finish()
    try FileSystem.move(partial, to: path)
    isCommitted = true
  }
}
