package io.aiaudit.redact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.aiaudit.disk.FileMode;
import io.aiaudit.disk.WrittenSet;
import io.aiaudit.model.OwnerName;
import io.aiaudit.model.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The file that only its owner reads: the secret from which pseudonyms are made, so that the same name has the same one
 * next month, and what each of them replaces, so that a report can be read again. A pseudonym alone gives nothing
 * away: it is a part of an HMAC-SHA256 of the name.
 */
public final class RedactionKey {
    /** How a pseudonym of {@link #pseudonym} or {@link #variable} looks. */
    private static final Pattern PSEUDONYMS = Pattern.compile("x[-_][0-9a-f]{12}");

    private static final String VERSION = "aiaudit/redaction-key/v1";
    private static final int SECRET_BYTES = 32;
    private static final int HEX_DIGITS = 12;
    private static final int ID_HEX_DIGITS = 16;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Path file;
    /** Null until it is needed, where there is no file yet. */
    private byte[] secret;

    private final Map<String, String> names;
    /** The spelling under which each owner is known, by {@link OwnerName#key}. */
    private final Map<String, String> owners = new TreeMap<>();

    private boolean changed;

    private RedactionKey(Path file, byte[] secret, Map<String, String> names) {
        this.file = file;
        this.secret = secret;
        this.names = names;
    }

    private record Content(String version, String secret, Map<String, String> names, Map<String, String> owners) {}

    /** The key in this file; where there is none, it is made for the first name that is replaced. */
    public static RedactionKey of(Path file) {
        if (Files.exists(file)) {
            return existing(file);
        }
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new UserError(
                    "the key file " + file + " cannot be made: its folder does not exist.",
                    "Make the folder first: mkdir -p -m 700 " + folder);
        }
        return new RedactionKey(file, null, new TreeMap<>());
    }

    /**
     * The key in a file that exists.
     *
     * @throws UserError when there is none, when others can read it, or when it is no key
     */
    public static RedactionKey existing(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UserError(
                    "the key file " + file + (Files.exists(file) ? " is not a regular file." : " does not exist."),
                    "Name the file that --redact-key named when the report was written.");
        }
        refuseOthers(file);
        try {
            Content content = JSON.readValue(file.toFile(), Content.class);
            if (content == null || !VERSION.equals(content.version) || content.secret == null) {
                throw foreign(file, null);
            }
            byte[] secret = HexFormat.of().parseHex(content.secret);
            if (secret.length != SECRET_BYTES) {
                throw foreign(file, null);
            }
            Map<String, String> names = new TreeMap<>();
            if (content.names != null) {
                names.putAll(content.names);
            }
            RedactionKey key = new RedactionKey(file, secret, names);
            if (content.owners != null) {
                key.owners.putAll(content.owners);
            }
            return key;
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw foreign(file, e);
        } catch (IOException e) {
            throw new UserError("the key file " + file + " cannot be read.", "Check it with: ls -l " + file, e);
        }
    }

    private static UserError foreign(Path file, Exception cause) {
        return new UserError(
                file + " is not a key of aiaudit, or it is damaged.",
                "Name the file that --redact-key made, or a new one; a key that is lost can't be made again.",
                cause);
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    private static void refuseOthers(Path file) {
        if (!isPosix()) {
            return;
        }
        try {
            Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
            permissions.addAll(Files.getPosixFilePermissions(file));
            permissions.removeAll(OWNER_ONLY);
            permissions.remove(PosixFilePermission.OWNER_EXECUTE);
            if (!permissions.isEmpty()) {
                throw new UserError(
                        "the key file " + file + " can be read or written by others.",
                        "Make it readable for you alone: chmod 600 " + file);
            }
        } catch (IOException e) {
            throw new UserError("the key file " + file + " cannot be read.", "Check it with: ls -l " + file, e);
        }
    }

    /** Whether a text would be taken for a pseudonym, or for one with something around it. */
    static boolean isLikeAPseudonym(String text) {
        return PSEUDONYMS.matcher(text).find();
    }

    /** The replacement of this name or word from now on. */
    String pseudonym(String name) {
        return remembered("x-" + mac(name).substring(0, HEX_DIGITS), name);
    }

    /** The spelling of this owner that came first, whose pseudonym all its spellings have from then on. */
    String spelling(String owner) {
        String before = owners.putIfAbsent(OwnerName.key(owner), owner);
        changed |= before == null;
        return before == null ? owner : before;
    }

    /** The replacement of a variable of a shell: it can be one. */
    String variable(String name) {
        return remembered("x_" + mac(name).substring(0, HEX_DIGITS), name);
    }

    /** The replacement of the id of a finding: it looks like one, since others read it as one. */
    String id(String id) {
        return remembered(mac("id " + id).substring(0, ID_HEX_DIGITS), id);
    }

    private String remembered(String pseudonym, String name) {
        String before = names.putIfAbsent(pseudonym, name);
        if (before != null && !before.equals(name)) {
            throw new UserError(
                    "two names have the same pseudonym, " + pseudonym + ".",
                    "Use another key for this report: --redact-key OTHER.key");
        }
        changed |= before == null;
        return pseudonym;
    }

    /** What a pseudonym or the id of a redacted finding replaces, null when this key does not know it. */
    String original(String pseudonym) {
        return names.get(pseudonym);
    }

    /** A text with the names back in it; pseudonyms that this key does not know are added to {@code unknown}. */
    String restored(String text, Set<String> unknown) {
        return PSEUDONYMS.matcher(text).replaceAll(found -> {
            String original = names.get(found.group());
            if (original == null) {
                unknown.add(found.group());
            }
            return Matcher.quoteReplacement(original == null ? found.group() : original);
        });
    }

    /** Names that are missing are an error: half of a report with names would look like a whole one. */
    static void refuse(Set<String> unknown) {
        if (!unknown.isEmpty()) {
            throw new UserError(
                    "the key does not know " + unknown.size() + " of the pseudonyms, such as "
                            + unknown.iterator().next() + ".",
                    "Name the key that the report was made with, in its latest state: it grows with each report.");
        }
    }

    private String mac(String name) {
        try {
            if (secret == null) {
                makeSecret();
            }
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(name.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /** Of two runs that begin without a key at the same time, the second one takes that of the first. */
    private void makeSecret() {
        byte[] made = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(made);
        secret = made;
        change(before -> secret = before.secret);
    }

    /**
     * Writes what is new, before any report that needs it: whole or not at all, and never readable for others. Names
     * that another run has added in the meantime stay.
     *
     * @throws UserError when the file is another key by now
     */
    public void save() {
        if (!changed) {
            return;
        }
        change(before -> {
            if (!Arrays.equals(before.secret, secret)) {
                throw new UserError(
                        "the key file " + file + " was replaced by another key while this ran; no report was made.",
                        "Run it again.");
            }
        });
        changed = false;
    }

    /** Writes the key; {@code check} looks at the one that is in the file, if there is one. */
    private void change(Consumer<RedactionKey> check) {
        WrittenSet.change("the key", file, FileMode.PRIVATE, (before, after) -> {
            if (Files.exists(before)) {
                RedactionKey other = existing(file);
                check.accept(other);
                other.names.forEach(this::remembered);
                other.owners.forEach(owners::putIfAbsent);
            }
            JSON.writeValue(after.toFile(), new Content(VERSION, HexFormat.of().formatHex(secret), names, owners));
        });
    }
}
