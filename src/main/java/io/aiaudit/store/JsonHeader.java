package io.aiaudit.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aiaudit.model.UserError;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the first objects of a JSON lines file have in them; a field of an object within is {@code service.id}. */
final class JsonHeader {
    private static final int OBJECTS = 1_000;
    private static final int DEEPEST = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonHeader() {}

    /** {@code whole} says that {@code start} is all of the file; else its last line is cut. */
    static SourceFile read(Path path, boolean gzip, Charset charset, String start, boolean whole) {
        if (start.stripLeading().startsWith("[")) {
            throw new UserError(
                    path + " is one JSON array, not an object a line.",
                    "Make lines of it: jq -c '.[]' " + path.getFileName() + " > bill.jsonl");
        }
        if (OwnReport.isAudit(start)) {
            return file(path, gzip, charset, Set.of(OwnReport.AUDIT));
        }
        List<String> lines = start.lines().filter(line -> !line.isBlank()).toList();
        Set<String> names = new LinkedHashSet<>();
        lines.subList(0, Math.min(OBJECTS, whole || lines.size() == 1 ? lines.size() : lines.size() - 1))
                .forEach(line -> addNames(names, line));
        FileHeader.refuseMany(path, names.size());
        if (names.isEmpty()) {
            throw new UserError(
                    path + ": its first lines are not JSON objects, one a line.",
                    "Export it as newline-delimited JSON, CSV or Parquet.");
        }
        return file(path, gzip, charset, names);
    }

    private static SourceFile file(Path path, boolean gzip, Charset charset, Set<String> names) {
        return new SourceFile(
                path,
                SourceFile.Form.JSON,
                gzip,
                charset,
                (char) 0,
                names.stream().map(JsonHeader::column).toList());
    }

    private static void addNames(Set<String> names, String line) {
        try {
            addNames(names, "", JSON.readTree(line), 0);
        } catch (JsonProcessingException e) {
            return; // a broken line is rejected when the file is read
        }
    }

    static void addNames(Set<String> names, String prefix, JsonNode node, int depth) {
        node.properties().forEach(field -> {
            String name = prefix + field.getKey();
            names.add(name);
            if (field.getValue().isObject() && depth < DEEPEST) {
                addNames(names, name + ".", field.getValue(), depth + 1);
            }
        });
    }

    static SourceFile.Column column(String name) {
        String path = Arrays.stream(name.split("\\."))
                .map(part -> "\"" + part.replace("\"", "") + "\"")
                .collect(Collectors.joining(".", "$.", ""));
        return new SourceFile.Column(name, "VARCHAR", path);
    }
}
