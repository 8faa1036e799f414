package import Charts

/// A page of tables and pictures with their captions and numbers, for what is not a run: one file that
/// needs nothing else.
package enum PicturePage {
  /// What stands under a heading of its own.
  package struct Part: Sendable {
    package var title: String
    /// HTML.
    package var content: String

    package init(_ title: String, content: String) {
      self.title = title
      self.content = content
    }

    /// `caption` says more than the title: who cannot see the table is told both.
    package static func table(_ title: String, _ table: DataTable, caption: String) -> Part {
      Part(title, content: HTMLText.table(table, caption: caption))
    }

    package static func pictures(
      _ title: String, _ pictures: [(name: String, chart: Chart)]
    ) -> Part {
      let figures = pictures.map { FigureGallery.html($0.chart, name: $0.name) }
      return Part(
        title, content: HTMLText.element("div", "class=\"figures\"", figures.joined()))
    }
  }

  /// The file's text. What `script` adds has to be more than what the page says without it.
  package static func render(
    title: String, note: String, parts: [Part], style: String = "", script: String = ""
  ) -> String {
    HTMLReport.page(
      title: title,
      header: HTMLText.element("h1", "", HTMLText.escaped(title)) + HTMLText.paragraph(note),
      sections: parts.enumerated().map { index, part in
        HTMLReport.Section(id: "part-\(index + 1)", title: part.title, content: part.content)
      }, style: style, script: script)
  }

  /// Of pictures alone.
  package static func render(
    title: String, note: String, _ pictures: [(name: String, chart: Chart)]
  ) -> String {
    render(title: title, note: note, parts: [.pictures("Pictures", pictures)])
  }
}
