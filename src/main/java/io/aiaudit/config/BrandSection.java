package io.aiaudit.config;

import io.aiaudit.model.Brand;
import io.aiaudit.model.BrandColour;
import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.Keyed;
import io.aiaudit.model.Logo;
import io.aiaudit.model.Tokens;
import io.aiaudit.model.YamlNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What aiaudit.yaml says under {@code brand}. */
final class BrandSection {
    private static final int LONGEST_LINE = 120;
    private static final int LONGEST_TEXT = 2_000;

    private BrandSection() {}

    /** @param folder what the path of the logo is relative to */
    static Brand of(YamlNode brand, Path folder) {
        brand.unknownKeysAgainst(List.of("client", "author", "confidentiality", "logo", "colours", "texts"));
        return new Brand(
                line(brand, "client"),
                line(brand, "author"),
                line(brand, "confidentiality"),
                brand.get("logo").map(node -> logo(node, folder)).orElse(null),
                brand.get("colours").map(BrandSection::accent).orElse(null),
                brand.get("texts").map(BrandSection::texts).orElse(Map.of()));
    }

    private static String line(YamlNode brand, String key) {
        return brand.get(key).map(BrandSection::line).orElse("");
    }

    private static String line(YamlNode node) {
        String line = text(node, LONGEST_LINE);
        if (line.contains("\n")) {
            throw node.error("expected one line.", "Longer texts go under texts, such as texts: {cover: ...}.");
        }
        return line;
    }

    private static String text(YamlNode node, int longest) {
        String text = node.text().strip();
        if (text.codePointCount(0, text.length()) > longest) {
            throw node.error("expected a text of at most " + longest + " characters.", "Make it shorter.");
        }
        return Tokens.hide(text);
    }

    private static Logo logo(YamlNode node, Path folder) {
        try {
            return LogoFile.read(folder.resolve(node.text()), node);
        } catch (InvalidPathException e) {
            throw node.error("\"" + node.text() + "\" is not a path.", "Name a PNG or SVG file.");
        }
    }

    private static BrandColour accent(YamlNode colours) {
        colours.unknownKeysAgainst(List.of("accent"));
        YamlNode accent = colours.need("accent");
        return BrandColour.of(accent.text())
                .orElseThrow(() -> accent.error(
                        "\"" + accent.text() + "\" is not a colour.",
                        "Write six hexadecimal digits in quotes, such as accent: \"#1a5a96\"."));
    }

    private static Map<Brand.Part, String> texts(YamlNode texts) {
        Map<Brand.Part, String> byPart = new EnumMap<>(Brand.Part.class);
        List<String> parts = Keyed.keys(Brand.Part.class);
        texts.entries().forEach((key, value) -> {
            Brand.Part part = Keyed.find(Brand.Part.class, key)
                    .orElseThrow(() -> value.error(
                            "\"" + key + "\" is not a part of the report that takes a text.",
                            DidYouMean.sentence(key, parts)));
            if (!value.isAbsent()) {
                byPart.put(part, text(value, LONGEST_TEXT));
            }
        });
        return byPart;
    }
}
