package io.aiaudit.report.paper;

import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;

/** The two weights that a document is set in. */
public record Typefaces(Typeface regular, Typeface bold) {
    private static final String FOLDER = "/liberation/";

    static Typefaces load(PDDocument document) throws IOException {
        return new Typefaces(
                Typeface.load(document, FOLDER + "LiberationSans-Regular.ttf"),
                Typeface.load(document, FOLDER + "LiberationSans-Bold.ttf"));
    }

    Typeface of(TextStyle style) {
        return style.bold() ? bold : regular;
    }

    List<String> wrap(String text, TextStyle style, float width) {
        return of(style).wrap(text, style.size(), width);
    }

    float width(String text, TextStyle style) {
        Typeface face = of(style);
        return face.width(face.printable(text), style.size());
    }
}
