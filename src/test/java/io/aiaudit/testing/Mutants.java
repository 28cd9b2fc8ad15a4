package io.aiaudit.testing;

import static org.junit.jupiter.api.Assertions.assertAll;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Changes a file as accidents and attackers do: a mutant has one to three changes, and the same number gives the same
 * mutant.
 */
public final class Mutants {
    private static final int MUTANTS = Integer.getInteger("aiaudit.mutants", 40);
    private static final int FIRST = Integer.getInteger("aiaudit.firstMutant", 0);
    private static final Pattern VALUE = Pattern.compile("[^,;:\"\\n{}\\[\\]]+");
    private static final List<String> HOSTILE = List.of(
            "",
            "NaN",
            "-Infinity",
            "1e400",
            "1e-400",
            "-0",
            "0x10",
            "1,5",
            "1_000",
            "1.234.567,89",
            "null",
            "true",
            "9".repeat(60),
            "-9223372036854775809",
            "2026-13-45T99:99:99Z",
            "0000-00-00",
            "1969-12-31T23:59:59Z",
            "292278994-08-17T07:12:55Z",
            "'; DROP TABLE charges; --",
            "=cmd|' /C calc'!A0",
            "<script>alert(1)</script>",
            "${jndi:ldap://x}",
            "\u202Eevil",
            "\u0000",
            "\uD83D\uDE00",
            "x".repeat(70_000),
            "\"",
            "\"\"",
            "../../etc/passwd",
            "{}",
            "[",
            "&a",
            "*a");

    private Mutants() {}

    /** What is done with a mutant of this number. */
    public interface Judge {
        void judge(int number) throws Exception;
    }

    /** Judges a share of all mutants, also those after one that fails, and reports all that fail. */
    public static void judge(int percent, Judge judge) {
        int end = Math.max(1, MUTANTS * percent / 100);
        assertAll(IntStream.range(FIRST * percent / 100, end).mapToObj(number -> () -> judge.judge(number)));
    }

    /** Of a text, in its values, lines and bytes. */
    public static byte[] ofText(byte[] text, long seed) {
        Random random = new Random(seed);
        byte[] mutant = text;
        for (int change = random.nextInt(3); change >= 0; change--) {
            mutant = mutant.length == 0 ? mutant : changed(mutant, random);
        }
        return mutant;
    }

    /** Of any file. */
    public static byte[] ofBytes(byte[] file, long seed) {
        Random random = new Random(seed);
        byte[] mutant = file.clone();
        for (int change = random.nextInt(3); change >= 0; change--) {
            mutant = mutant.length == 0 ? mutant : changedByte(mutant, random);
        }
        return mutant;
    }

    private static byte[] changed(byte[] text, Random random) {
        return switch (random.nextInt(10)) {
            case 0, 1 -> changedByte(text, random);
            case 2 -> lines(text, random, Change.TWICE);
            case 3 -> lines(text, random, Change.GONE);
            case 4 -> lines(text, random, Change.SWAPPED);
            case 5 ->
                new String(text, StandardCharsets.UTF_8).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
            default -> value(text, random);
        };
    }

    private static byte[] changedByte(byte[] file, Random random) {
        int at = random.nextInt(file.length);
        return switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(file, at);
            case 1 -> without(file, at, Math.min(file.length, at + 1 + random.nextInt(4)));
            case 2 -> inserted(file, at, (byte) random.nextInt());
            case 3 -> zeroed(file, at, Math.min(file.length, at + 1 + random.nextInt(64)));
            default -> flipped(file, at, random.nextInt(8));
        };
    }

    private static byte[] flipped(byte[] file, int at, int bit) {
        byte[] copy = file.clone();
        copy[at] ^= (byte) (1 << bit);
        return copy;
    }

    private static byte[] zeroed(byte[] file, int from, int to) {
        byte[] copy = file.clone();
        Arrays.fill(copy, from, to, (byte) 0);
        return copy;
    }

    private static byte[] without(byte[] file, int from, int to) {
        byte[] copy = new byte[file.length - (to - from)];
        System.arraycopy(file, 0, copy, 0, from);
        System.arraycopy(file, to, copy, from, file.length - to);
        return copy;
    }

    private static byte[] inserted(byte[] file, int at, byte value) {
        byte[] copy = new byte[file.length + 1];
        System.arraycopy(file, 0, copy, 0, at);
        copy[at] = value;
        System.arraycopy(file, at, copy, at + 1, file.length - at);
        return copy;
    }

    private enum Change {
        TWICE,
        GONE,
        SWAPPED
    }

    private static byte[] lines(byte[] text, Random random, Change change) {
        List<String> lines = new ArrayList<>(List.of(new String(text, StandardCharsets.UTF_8).split("\n", -1)));
        int at = random.nextInt(lines.size());
        if (change == Change.TWICE) {
            lines.add(at, lines.get(at));
        } else if (change == Change.GONE) {
            lines.remove(at);
        } else {
            Collections.swap(lines, at, random.nextInt(lines.size()));
        }
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] value(byte[] text, Random random) {
        String whole = new String(text, StandardCharsets.UTF_8);
        List<int[]> values = new ArrayList<>();
        Matcher matcher = VALUE.matcher(whole);
        while (matcher.find()) {
            values.add(new int[] {matcher.start(), matcher.end()});
        }
        if (values.isEmpty()) {
            return text;
        }
        int[] value = values.get(random.nextInt(values.size()));
        String other = HOSTILE.get(random.nextInt(HOSTILE.size()));
        return (whole.substring(0, value[0]) + other + whole.substring(value[1])).getBytes(StandardCharsets.UTF_8);
    }
}
