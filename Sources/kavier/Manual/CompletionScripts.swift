import ArgumentParser

/// Scripts that complete the program's command line.
enum CompletionScripts {
  /// Where shells look for them, under PREFIX/share.
  static var files: [(directory: String, name: String, text: String)] {
    [
      ("bash-completion/completions", "kavier", bash),
      ("zsh/site-functions", "_kavier", Kavier.completionScript(for: .zsh) + "\n"),
      ("fish/vendor_completions.d", "kavier.fish", Kavier.completionScript(for: .fish) + "\n"),
    ]
  }

  /// After a word such as `seed=` no blank may come, nor a backslash before the sign.
  private static var bash: String {
    // Shells read it and never run it, so the line that names an interpreter goes.
    let lines = Kavier.completionScript(for: .bash).split(
      separator: "\n", omittingEmptySubsequences: false)
    return lines.drop { $0.hasPrefix("#!") }.joined(separator: "\n") + """


      _kavier_and_values() {
          _kavier "$@"
          if [[ "${COMPREPLY[0]-}" = *= ]]; then
              compopt +o filenames -o nospace
          fi
      }

      complete -o filenames -F _kavier_and_values kavier

      """
  }
}
