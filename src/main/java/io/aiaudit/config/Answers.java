package io.aiaudit.config;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.aiaudit.model.Ask;
import io.aiaudit.model.DidYouMean;
import io.aiaudit.model.Keyed;
import io.aiaudit.model.UserError;
import io.aiaudit.model.YamlReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A questionnaire that a client has filled in, as policy of exactly the resources that it names. Whoever fills it in
 * may be anybody, so nothing of it is taken but a yes or a no for an id and a permission that aiaudit knows.
 */
final class Answers {
    private static final String MARK = "<!-- aiaudit/questions/v1 -->";
    private static final Pattern CELL_END = Pattern.compile("(?<!\\\\)\\|");
    private static final Pattern CODE = Pattern.compile("(?s)(`+)(.*)\\1");
    private static final Pattern RULE_OF_HEAD = Pattern.compile("[|:\\- ]+");
    private static final String ONLY_YES_OR_NO =
            "Write yes or no and nothing else, or leave it empty; a reason or a condition fits into a column of its "
                    + "own.";
    private static final long LONGEST_BYTES = 5_000_000;
    private static final int NAMED = 10;

    private final String name;
    private final List<String> unclear = new ArrayList<>();
    private final List<String> repeated = new ArrayList<>();
    private AnswerColumns columns = AnswerColumns.AS_WRITTEN;
    private final StringBuilder yaml = new StringBuilder();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private int line = 1;
    private int questions;

    private Answers(String name) {
        this.name = name;
    }

    /**
     * The policy that the answers make.
     *
     * @throws UserError with the line, for what is no answer, and when nothing is answered
     */
    static Policy read(Settings.Value value) {
        Path file = value.path();
        Answers answers = new Answers(String.valueOf(file.getFileName()));
        byte[] bytes = bytes(file, value);
        if (AnswerSheet.isOne(bytes)) {
            AnswerSheet.lines(bytes, value.name() + ": " + value.text()).forEach(answers::row);
        } else {
            answers.markdown(text(bytes, value), value);
        }
        answers.checkUnclear();
        if (answers.lines.isEmpty()) {
            throw new UserError(
                    value.name() + ": " + value.text() + " has no answer to any of its "
                            + Math.max(0, answers.questions) + " questions.",
                    "Write yes or no into the column answer, or leave --answers out.");
        }
        return Policy.of(
                YamlReader.parse(answers.name, answers.yaml.append('\n').toString()));
    }

    /** All of them at once: whoever sent the file has to correct it only once. */
    private void checkUnclear() {
        if (!repeated.isEmpty()) {
            throw repeated();
        }
        if (unclear.size() == 1) {
            throw new UserError(
                    name + ":" + unclear.get(0).replaceFirst(" ", ": the answer is ") + ".", ONLY_YES_OR_NO);
        }
        if (!unclear.isEmpty()) {
            throw new UserError(
                    name + ": " + unclear.size() + " answers are neither yes nor no: "
                            + unclear.stream()
                                    .limit(NAMED)
                                    .map(answer -> "row " + answer)
                                    .collect(Collectors.joining(", "))
                            + (unclear.size() > NAMED ? " and " + (unclear.size() - NAMED) + " more." : "."),
                    ONLY_YES_OR_NO);
        }
    }

    private UserError repeated() {
        List<String> faults = new ArrayList<>(repeated);
        unclear.forEach(answer -> faults.add(answer.replaceFirst(" ", ": the answer is ") + "."));
        return new UserError(
                faults.stream().limit(NAMED).map(fault -> name + ":" + fault).collect(Collectors.joining(" "))
                        + (faults.size() > NAMED ? " And " + (faults.size() - NAMED) + " more." : ""),
                (repeated.size() == 1 ? "Leave one of the two answers empty." : "Leave all but one answer empty.")
                        + (unclear.isEmpty() ? "" : " " + ONLY_YES_OR_NO));
    }

    private void markdown(List<String> text, Settings.Value value) {
        if (text.stream().limit(1).anyMatch(first -> !first.startsWith("|") && AnswerColumns.areNamedIn(first))) {
            throw new UserError(
                    value.name() + ": " + value.text() + " is a workbook that was saved as CSV.",
                    "Save the workbook as .xlsx, with the sheet as 'aiaudit questions -f xlsx' named it.");
        }
        if (text.stream().noneMatch(row -> row.strip().equals(MARK))) {
            throw new UserError(
                    value.name() + ": " + value.text() + " is not a questionnaire of aiaudit: it has no line \"" + MARK
                            + "\".",
                    "Make one with 'aiaudit questions aiaudit.json', and have only its first column filled in.");
        }
        for (int index = 0; index < text.size(); index++) {
            String row = text.get(index).strip();
            if (row.startsWith("|") && !RULE_OF_HEAD.matcher(row).matches()) {
                row(row, index + 1);
            }
        }
    }

    private static byte[] bytes(Path file, Settings.Value value) {
        try {
            UserError.unlessFile(
                    file,
                    value.name() + ": " + value.text(),
                    ": there is no such file.",
                    "Name the questionnaire that came back, such as --answers questions.md");
            if (Files.size(file) > LONGEST_BYTES) {
                throw new UserError(
                        value.name() + ": " + value.text() + " is larger than any questionnaire.",
                        "Name the questionnaire that 'aiaudit questions' made.");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UserError(
                    value.name() + ": " + value.text() + " cannot be read.", "Check it with: ls -l " + file, e);
        }
    }

    private static List<String> text(byte[] bytes, Settings.Value value) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .lines()
                    .toList();
        } catch (CharacterCodingException e) {
            throw new UserError(
                    value.name() + ": " + value.text() + " is no text in UTF-8.",
                    "Save the questionnaire as plain text in UTF-8, or as .xlsx.",
                    e);
        }
    }

    private void row(String row, int index) {
        List<String> cells = cells(row);
        if (isHead(cells)) {
            return;
        }
        if (cells.size() != columns.count()) {
            throw error(
                    index,
                    "the row has " + cells.size() + " columns instead of " + columns.count() + ".",
                    "Take the row as 'aiaudit questions' wrote it, and fill in the answer only.");
        }
        Matcher id = CODE.matcher(columns.resourceId(cells));
        question(cells, id.matches() ? id.group(2).strip() : null, index);
    }

    private void row(AnswerSheet.Line line) {
        if (!isHead(line.cells()) && line.number() > 1) {
            question(line.cells(), columns.resourceId(line.cells()), line.number());
        }
    }

    /** The head says where which column is: somebody may have moved one, or added one for remarks. */
    private boolean isHead(List<String> cells) {
        Optional<AnswerColumns> named = AnswerColumns.in(cells);
        named.ifPresent(found -> columns = found);
        return named.isPresent();
    }

    /** @param resourceId null where none can be distinguished from other text */
    private void question(List<String> cells, String resourceId, int index) {
        questions++;
        String written = columns.answer(cells);
        String answer =
                written.replaceAll("[`*_]", "").strip().replaceAll("[.!]$", "").toLowerCase(Locale.ROOT);
        if (answer.isEmpty()) {
            return;
        }
        if (!answer.equals("yes") && !answer.equals("no")) {
            unclear.add(index + " \"" + written + "\"");
            return;
        }
        String key = columns.key(cells);
        if (!Keyed.keys(Ask.class).contains(key)) {
            throw error(
                    index, "\"" + key + "\" is nothing to decide.", DidYouMean.sentence(key, Keyed.keys(Ask.class)));
        }
        if (resourceId == null || resourceId.isBlank()) {
            throw error(
                    index,
                    "the column resource id does not have it as it was written.",
                    "Take the row as 'aiaudit questions' wrote it.");
        }
        add(resourceId, key, answer, index);
    }

    private static List<String> cells(String row) {
        String inner = row.substring(1, row.endsWith("|") ? row.length() - 1 : row.length());
        List<String> cells = new ArrayList<>();
        for (String cell : CELL_END.split(inner, -1)) {
            cells.add(cell.replace("\\|", "|").strip());
        }
        return cells;
    }

    /** Every answer is on the line that it has in the questionnaire, which is what a report names as its reason. */
    private void add(String resourceId, String key, String answer, int index) {
        Integer before = lines.putIfAbsent(key + " " + resourceId, index);
        if (before != null) {
            repeated.add(index + ": this question was answered on line " + before + " already.");
            return;
        }
        yaml.append("\n".repeat(index - line))
                .append("- {match: {resource_id: \"")
                .append(JsonStringEncoder.getInstance().quoteAsString(resourceId))
                .append("\"}, ")
                .append(key)
                .append(": ")
                .append(answer)
                .append('}');
        line = index;
    }

    private UserError error(int index, String problem, String fix) {
        return new UserError(name + ":" + index + ": " + problem, fix);
    }
}
