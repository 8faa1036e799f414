import ArgumentParser

/// Scripts that complete the program's command line.
enum CompletionScripts {
  /// Where shells look for them, under PREFIX/share.
  static var files: [(directory: String, name: String, text: String)] {
    [
      ("bash-completion/completions", "kavier", bash),
      ("zsh/site-functions", "_kavier", zsh),
      ("fish/vendor_completions.d", "kavier.fish", Kavier.completionScript(for: .fish) + "\n"),
    ]
  }

  /// After a word such as `seed=` no blank may come.
  private static var zsh: String {
    let head = "__kavier_complete() {\n"
    return Kavier.completionScript(for: .zsh).replacing(
      head,
      with: head + """
            local -ar beginnings=("${(M)@:#*=}")
            if [[ "${#beginnings[@]}" -gt 0 ]]; then
                compadd -S '' -- "${beginnings[@]}"
            fi
            set -- "${(@)@:#*=}"
            if [[ "${#@}" -eq 0 ]]; then
                return
            fi

        """) + "\n"
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
