package io.aiaudit.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The texts that the build writes into the jar, so that help and version are printed without building picocli's model,
 * which alone takes five times as long as starting Java.
 */
enum PreparedText {
    HELP("--help"),
    VERSION("--version");

    private final String option;

    PreparedText(String option) {
        this.option = option;
    }

    /** The text that answers these arguments, or null where the command line has to be read properly. */
    static PreparedText answering(String[] args) {
        if (args.length == 0) {
            return HELP;
        }
        if (args.length > 1) {
            return null;
        }
        return switch (args[0]) {
            case "--help", "-h", "help" -> HELP;
            case "--version", "-V" -> VERSION;
            default -> null;
        };
    }

    /** Prints the text and returns true; false where the build did not prepare it, as in an editor. */
    boolean print(OutputStream out) {
        try (InputStream text = PreparedText.class.getResourceAsStream(resource())) {
            if (text == null) {
                return false;
            }
            text.transferTo(out);
            out.flush();
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String resource() {
        return "/aiaudit/prepared/" + option.substring(2) + ".txt";
    }

    /** What picocli itself prints. */
    String fromPicocli() {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        CommandLines.run(new String[] {option}, out, out);
        return text.toString();
    }

    /** Run by the build after compiling: writes all texts below the folder of the compiled classes. */
    public static void main(String[] args) {
        Path classes = Path.of(args[0]);
        Arrays.stream(values()).forEach(text -> text.write(classes));
    }

    private void write(Path classes) {
        Path file = classes.resolve(resource().substring(1));
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, fromPicocli());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
