package io.aiaudit.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;

/**
 * The texts that the build writes into the jar, so that the version and the help of every command are printed without
 * building picocli's model, which alone takes five times as long as starting Java.
 */
final class PreparedText {

    private static final String FOLDER = "/aiaudit/prepared/";
    private static final String HELP = "help";
    private static final String VERSION = "version";

    private PreparedText() {}

    /** Prints the text that answers these arguments; false where the command line has to be read properly. */
    static boolean print(String[] args, OutputStream out) throws IOException {
        String name = name(args);
        if (name == null) {
            return false;
        }
        try (InputStream text = PreparedText.class.getResourceAsStream(FOLDER + name)) {
            if (text == null) {
                return false; // an unknown command, or classes that the build did not finish, as in an editor
            }
            text.transferTo(out);
            out.flush();
            return true;
        }
    }

    private static String name(String[] args) {
        int last = args.length - 1;
        if (args.length == 0) {
            return HELP;
        }
        if (args[last].equals("--help") || args[last].equals("-h")) {
            return help(args, 0, last);
        }
        if (args[0].equals("help") && args.length <= 2) {
            return help(args, 1, args.length);
        }
        return args.length == 1 && (args[0].equals("--version") || args[0].equals("-V")) ? VERSION : null;
    }

    private static String help(String[] args, int from, int to) {
        StringBuilder name = new StringBuilder(HELP);
        for (int i = from; i < to; i++) {
            if (!isWord(args[i])) {
                return null;
            }
            name.append('-').append(args[i]);
        }
        return name.toString();
    }

    private static boolean isWord(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < 'a' || text.charAt(i) > 'z') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Run by the build after compiling: writes all texts below the folder of the compiled classes. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0] + FOLDER);
        Files.createDirectories(folder);
        for (Map.Entry<String, String> text : all().entrySet()) {
            Files.writeString(folder.resolve(text.getKey()), text.getValue());
        }
    }

    /** What picocli prints, by the name of the prepared text. */
    static Map<String, String> all() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(VERSION, fromPicocli("--version"));
        addHelp(CommandLines.create(), "", texts);
        return texts;
    }

    private static void addHelp(CommandLine command, String path, Map<String, String> texts) {
        texts.put(
                HELP + path.replace(' ', '-'),
                fromPicocli((path + " --help").strip().split(" ", -1)));
        command.getSubcommands().forEach((name, subcommand) -> {
            if (!subcommand.getCommandSpec().helpCommand()) {
                addHelp(subcommand, path + " " + name, texts);
            }
        });
    }

    private static String fromPicocli(String... args) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        CommandLines.run(args, out, out);
        return text.toString();
    }
}
