import TextAndBytes

/// Finds out what each path that a user gives holds, and reads it.
package enum CaseFiles {
  package static func read(_ paths: [String]) -> MeasuredCases {
    var cases = MeasuredCases()
    for path in paths {
      guard Folder.exists(path) else {
        cases.addMissing(path)
        continue
      }
      guard Folder.isDirectory(path) else {
        read(file: path, into: &cases)
        continue
      }
      do throws(FileProblems) {
        try read(directory: path, into: &cases)
      } catch {
        cases.add(error)
      }
    }
    return cases
  }

  private static func read(file path: String, into cases: inout MeasuredCases) {
    if RecordedRun.setUpPath(of: path) != nil {
      RecordedRun.read(path: path, into: &cases)
    } else {
      CaseFile.read(path: path, into: &cases)
    }
  }

  /// Other CSV files may lie beside the cases.
  private static func read(
    directory path: String, into cases: inout MeasuredCases
  ) throws(FileProblems) {
    let files = try Folder.contents(of: path).filter {
      $0.hasSuffix(".csv") || $0.hasSuffix(".csv.gz")
    }
    var found = 0
    for file in files {
      let isRun = RecordedRun.setUpPath(of: file) != nil
      let isCaseFile = isRun ? false : try CSVTable.header(of: file).contains("case_id")
      guard isRun || isCaseFile else { continue }
      found += 1
      read(file: file, into: &cases)
    }
    guard found == 0 else { return }
    throw FileProblems(
      FileProblem(
        file: path,
        message: "no case file in it: they are named .csv or .csv.gz and have a column case_id, "
          + "or a file .json beside them"))
  }
}
