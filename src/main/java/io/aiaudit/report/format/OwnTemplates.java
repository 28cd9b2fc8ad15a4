package io.aiaudit.report.format;

import io.aiaudit.model.UserError;
import io.aiaudit.report.text.VisibleText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Templates of a user by the names of their files, which win over those of aiaudit. They are read whole here; while a
 * report is made, no file is.
 */
public final class OwnTemplates {
    public static final OwnTemplates NONE = new OwnTemplates("", Map.of());

    public static final String PAGE = "report.html";
    public static final String MARKDOWN = "report.md";
    public static final String STYLE = "report.css";

    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,64}\\.(html|css|md)");
    private static final int LARGEST_FILE = 256 * 1024;
    private static final int MOST_FILES = 100;

    /** What makes text of markup, or picks another way to make markup text. */
    private static final Pattern ESCAPE_FILTER = Pattern.compile("\\|\\s*(escape|raw)\\b");

    private final String folder;
    private final Map<String, String> texts;

    private OwnTemplates(String folder, Map<String, String> texts) {
        this.folder = folder;
        this.texts = texts;
    }

    /**
     * The templates of a folder.
     *
     * @param named what messages call the setting that names it
     */
    public static OwnTemplates read(Path folder, String named) {
        if (!Files.isDirectory(folder)) {
            throw new UserError(
                    named + " is \"" + folder + "\", which is no folder.",
                    "Name a folder with report.html, report.css, report.md or parts of the page.");
        }
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().limit(MOST_FILES + 1).toList()) {
                texts.put(file.getFileName().toString(), text(file));
            }
        } catch (IOException e) {
            throw new UserError(folder + " cannot be read.", "Check its permissions: ls -ld " + folder, e);
        }
        if (texts.size() > MOST_FILES || texts.isEmpty()) {
            throw new UserError(
                    folder + " has " + (texts.isEmpty() ? "no template." : "more than " + MOST_FILES + " files."),
                    "Keep the templates alone in a folder, such as report.html, report.css or report.md.");
        }
        return new OwnTemplates(folder.toString(), texts);
    }

    private static String text(Path file) throws IOException {
        if (!NAME.matcher(file.getFileName().toString()).matches()
                || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new UserError(
                    VisibleText.of(file.toString())
                            + " is not a template: a file, and no link, with a name such as summary.html.",
                    "Keep the templates alone in a folder; docs/templates.md has their names.");
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                throw new UserError(file + " is larger than 256 KiB.", "Make it shorter, or part it in several files.");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            refuseMarkup(file, text);
            return text;
        } catch (CharacterCodingException e) {
            throw new UserError(file + " is not text in UTF-8.", "Save it as UTF-8.", e);
        }
    }

    private static void refuseMarkup(Path file, String text) {
        if (ESCAPE_FILTER.matcher(text).find()) {
            throw new UserError(
                    file + " uses the filter escape or raw.",
                    "Leave it out: names from clouds are escaped where they stand, and are never markup.");
        }
        if (file.toString().endsWith(".css") && text.contains("</")) {
            throw new UserError(file + " has \"</\", which ends a style sheet.", "Write it as \"\\3c /\".");
        }
    }

    public boolean isEmpty() {
        return texts.isEmpty();
    }

    public boolean has(String name) {
        return texts.containsKey(name);
    }

    public Optional<String> find(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    /** What a template cannot do, or does for too long. */
    UserError refused(String problem, Throwable cause) {
        return new UserError(
                "the templates in " + VisibleText.of(folder) + " make no report: " + problem,
                "Correct them; docs/templates.md says what a template can do.",
                cause);
    }
}
