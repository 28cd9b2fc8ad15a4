package io.aiaudit.report.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.aiaudit.model.Audit;
import io.aiaudit.model.UserError;
import io.aiaudit.model.invariant.AuditInvariants;
import io.aiaudit.report.text.VisibleText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Writes and reads a finished audit as {@code aiaudit/audit/v1} (DESIGN.md section 7). */
public final class AuditJson {
    private static final String FAMILY = "aiaudit/audit/";

    /**
     * Of the digits before and after the point of any amount, share or metric: what has more fills memory once it is
     * written out.
     */
    private static final int MOST_DIGITS = 100;

    private AuditJson() {}

    /** Writes {@code audit} as indented UTF-8 with a line break at the end; leaves {@code out} open. */
    public static void write(Audit audit, OutputStream out) throws IOException {
        AuditMapper.writer().writeValue(out, audit);
        out.write("\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** The same audit after a change of its JSON, such as one that takes all names out of it. */
    public static Audit changed(Audit audit, UnaryOperator<JsonNode> change) throws IOException {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        write(audit, written);
        JsonNode tree = AuditMapper.reader().readTree(written.toByteArray());
        return AuditMapper.reader().treeToValue(change.apply(tree), Audit.class);
    }

    /**
     * Reads what {@link #write} wrote, of this or a later version of aiaudit: keys that are not known are ignored.
     *
     * @throws UserError when the file is not such an audit, with where in it
     */
    public static Audit read(Path file) {
        return read(file, () -> Files.newInputStream(file));
    }

    /** The same of an audit that is kept in another file. */
    public static Audit read(Path file, String json) {
        return read(file, () -> new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** The audit as {@link #write} writes it. */
    public static String text(Audit audit) {
        try {
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            write(audit, written);
            return written.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("an audit cannot be written to memory", e);
        }
    }

    /** Where the bytes of an audit come from. */
    @FunctionalInterface
    private interface Content {
        InputStream open() throws IOException;
    }

    private static Audit read(Path file, Content content) {
        JsonNode tree = parse(file, content);
        String schema = tree.path("schema").asText("");
        if (!schema.equals(Audit.SCHEMA)) {
            throw foreign(file, schema);
        }
        AuditSchema.firstProblem(tree).ifPresent(problem -> {
            throw changed(file, problem);
        });
        try {
            Audit audit = AuditMapper.reader().treeToValue(tree, Audit.class);
            AuditInvariants.firstProblem(audit).ifPresent(problem -> {
                throw changed(file, VisibleText.of(problem));
            });
            return audit;
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new UserError(
                    file + ": " + AuditMapper.misfit(tree, e),
                    "Make the audit again with 'aiaudit scan --format json', and leave the file as it is.",
                    e);
        }
    }

    private static UserError changed(Path file, String problem) {
        return new UserError(
                file + ": " + problem,
                "Make the audit again with 'aiaudit scan --format json', and leave the file as it is.");
    }

    private static JsonNode parse(Path file, Content content) {
        try (var in = content.open()) {
            JsonNode tree = AuditMapper.reader()
                    .reader()
                    .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .readTree(in);
            if (tree == null || !tree.isObject()) {
                throw foreign(file, "");
            }
            refuseEndless(file, tree);
            return tree;
        } catch (JsonProcessingException e) {
            throw unreadable(file, e);
        } catch (ArithmeticException | NumberFormatException e) {
            // an exponent that is no int
            throw endless(file);
        } catch (IOException e) {
            throw new UserError(
                    file + ": could not be read: " + VisibleText.of(String.valueOf(e.getMessage())) + ".",
                    "Check the path with 'ls -l " + file + "'.",
                    e);
        }
    }

    /** 1e999999999 is short in a file and a gigabyte when it is printed. */
    private static void refuseEndless(Path file, JsonNode node) {
        if (node.isBigDecimal() || node.isBigInteger()) {
            BigDecimal number = node.decimalValue();
            if (Math.abs((long) number.scale()) > MOST_DIGITS || number.precision() > MOST_DIGITS) {
                throw endless(file);
            }
        }
        node.forEach(child -> refuseEndless(file, child));
    }

    private static UserError endless(Path file) {
        return new UserError(
                file + ": it has a number of more than " + MOST_DIGITS + " digits, which no audit holds.",
                "Make the audit again with 'aiaudit scan --format json', and leave the file as it is.");
    }

    /** Where it stops being JSON, in our words: those of the parser are for programmers. */
    private static UserError unreadable(Path file, JsonProcessingException failure) {
        if (failure instanceof StreamConstraintsException) {
            return new UserError(
                    file + ": it is nested more deeply, or has a longer text or number, than any audit.",
                    "Make the audit again with 'aiaudit scan --format json', and leave the file as it is.",
                    failure);
        }
        if (failure instanceof MismatchedInputException) {
            return new UserError(
                    file + ": a key is in it twice, and only one of the two could be read.",
                    "Make the audit again with 'aiaudit scan --format json', and leave the file as it is.",
                    failure);
        }
        JsonLocation location = failure.getLocation();
        String position = location == null ? "" : "line " + location.getLineNr() + ", column " + location.getColumnNr();
        return new UserError(
                failure instanceof JsonEOFException
                        ? file + ": ends at " + position + ", in the middle of the audit: it was cut off."
                        : file + ": is not JSON from " + position + " on.",
                "Make the audit again with 'aiaudit scan --format json', or copy the whole file again.",
                failure);
    }

    private static UserError foreign(Path file, String schema) {
        if (schema.startsWith(FAMILY)) {
            return new UserError(
                    file + ": $.schema is \"" + VisibleText.of(schema) + "\", this aiaudit reads \"" + Audit.SCHEMA
                            + "\".",
                    "Update aiaudit with './install.sh', or make the audit again with this one.");
        }
        String found = schema.isEmpty() ? "has no \"schema\"" : "has the \"schema\" \"" + VisibleText.of(schema) + "\"";
        return new UserError(
                file + " is not an aiaudit report: it " + found + ", expected \"" + Audit.SCHEMA + "\".",
                "Give a file made by 'aiaudit scan --format json', or a scan saved with --save.");
    }
}
