import Glibc
import Impact
import Parquet
import Report
import Scenarios
import ServingSim
import TextAndBytes

/// What `kavier simulate --out` left in a directory.
enum RunDirectory {
  /// What earlier versions of the program left.
  static let earlierName = "run.bin"
  private static let mostBytesOfDocument = 1 << 28

  /// The run recorded at `path`: the directory, or its run.json.
  static func read(_ path: String) throws -> FinishedRun {
    let isFolder = Folder.isDirectory(path)
    let folder = isFolder ? path + "/" : self.folder(of: path)
    let document = isFolder ? folder + RunTables.documentName : path
    guard !isEarlier(path) else { throw RunDirectoryError(folder: folder, cause: .earlier(path)) }
    let bytes: [UInt8]
    do throws(FileProblem) {
      bytes = try ByteSource.contents(path: document, limit: mostBytesOfDocument)
    } catch {
      throw RunDirectoryError(folder: folder, cause: .unreadable(error))
    }
    do {
      return try RunTables.read(document: bytes) { name throws(ParquetProblem) in
        try FileBytes(path: folder + name)
      }
    } catch {
      throw RunDirectoryError(folder: folder, cause: .run(error))
    }
  }

  /// Whether only a run of an earlier version of the program is there.
  private static func isEarlier(_ path: String) -> Bool {
    guard Folder.isDirectory(path) else { return path.hasSuffix(earlierName) }
    return Folder.exists("\(path)/\(earlierName)")
      && !Folder.exists("\(path)/\(RunTables.documentName)")
  }

  /// With its slash; empty for the working directory.
  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  /// Where the plan of the run at `path` is, if it is.
  static func planFile(_ path: String) -> String {
    Folder.isDirectory(path) ? path + "/plan.yaml" : folder(of: path) + "plan.yaml"
  }

  /// The lines of the plan.yaml beside the run; empty where there is none.
  static func plan(_ path: String) -> [PlanLine] {
    guard let bytes = WholeFile.read(planFile(path)) else { return [] }
    return PlanYAML.lines(of: String(decoding: bytes, as: UTF8.self))
  }

  /// The bill of the run at `path` by the plan.yaml beside it, with what `request` bears of it; nil:
  /// there is no such file, or it has no `impact`.
  static func bill(_ run: FinishedRun, at path: String, request: Int? = nil) throws -> Bill? {
    guard !plan(path).isEmpty else { return nil }
    let impact = try ScenarioLoader.impact(file: planFile(path), overrides: [])
    return try impact.map { try BillCommand.bill(run, $0, request: request) }
  }
}

/// Why a recorded run cannot be had.
struct RunDirectoryError: UserError, Hashable {
  enum Cause: Hashable {
    /// Its run.json.
    case unreadable(FileProblem)
    /// Of an earlier version of the program, at this path.
    case earlier(String)
    case run(RunTablesError)
  }

  /// Where the run's files are, with a slash.
  var folder: String
  var cause: Cause

  var exitCode: Int32 {
    if case .unreadable = cause { Failure.missingInput } else { Failure.badInput }
  }

  var description: String {
    switch cause {
    case .unreadable(let problem):
      "\(problem); expected a directory that `kavier simulate --out` wrote"
    case .earlier(let path):
      "\(path): a run of an earlier version of Kavier, which this one does not read; simulate again"
    case .run(let error): "\(folder)\(error)"
    }
  }
}
