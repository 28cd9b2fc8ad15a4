package io.aiaudit.collect.trino;

import io.aiaudit.model.UserError;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A table or view as the user names it: {@code trino://HOST:PORT/CATALOG/SCHEMA/TABLE}, with the options of Trino's
 * JDBC driver. It never holds a secret.
 *
 * @param user null where the address names none
 * @param tls whether the connection is encrypted: with {@code SSL=true}, on port 443, and without a port
 * @param options others than SSL, by the name that the driver knows
 */
public record TrinoAddress(
        String host, int port, boolean tls, String user, List<String> table, Map<String, String> options) {
    private static final String SCHEME = "trino://";
    private static final int HTTPS = 443;
    private static final String FORM = "trino://HOST:PORT/CATALOG/SCHEMA/TABLE";
    private static final String SSL = "SSL";
    private static final String VERIFICATION = "SSLVerification";

    private static final List<String> OPTIONS = List.of(
            SSL,
            VERIFICATION,
            "SSLTrustStorePath",
            "SSLTrustStoreType",
            "SSLUseSystemTrustStore",
            "SSLKeyStorePath",
            "SSLKeyStoreType",
            "clientTags",
            "roles",
            "sessionUser");

    /** Secrets by the name that the driver has for them, with the variable that is read instead. */
    private static final Map<String, String> SECRETS = Map.of(
            "password", TrinoLogin.PASSWORD,
            "accesstoken", TrinoLogin.TOKEN,
            "sslkeystorepassword", TrinoLogin.KEY_STORE_PASSWORD,
            "ssltruststorepassword", TrinoLogin.TRUST_STORE_PASSWORD);

    public TrinoAddress {
        table = List.copyOf(table);
        options = Map.copyOf(options);
    }

    /** Whether a name is an address of a table, not a path. */
    public static boolean isAddress(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith(SCHEME);
    }

    /**
     * Reads an address.
     *
     * @param setting what messages call the setting where it was given, such as {@code --billing}
     * @throws UserError when it is not of this form, or holds a secret, which the message does not repeat
     */
    public static TrinoAddress parse(String setting, String text) {
        URI address = uri(setting, text);
        String user = address.getUserInfo();
        if (user != null && user.contains(":")) {
            throw secret(setting, "a password", TrinoLogin.PASSWORD);
        }
        Map<String, String> options = options(setting, address.getRawQuery());
        List<String> table = Arrays.stream(address.getRawPath().substring(1).split("/", -1))
                .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
        if (table.size() != 3 || table.stream().anyMatch(String::isBlank)) {
            throw form(setting, text);
        }
        int port = address.getPort() == -1 ? HTTPS : address.getPort();
        String ssl = options.getOrDefault(SSL, Boolean.toString(port == HTTPS));
        if (!ssl.matches("true|false")) {
            throw new UserError(setting + ": the option SSL is \"" + ssl + "\".", "Write SSL=true or SSL=false.");
        }
        options.remove(SSL);
        return new TrinoAddress(address.getHost(), port, Boolean.parseBoolean(ssl), user, table, options);
    }

    private static URI uri(String setting, String text) {
        try {
            URI address = new URI(text);
            if (address.getHost() == null || address.getRawPath().isEmpty() || address.getRawFragment() != null) {
                throw form(setting, text);
            }
            return address;
        } catch (URISyntaxException e) {
            throw form(setting, text);
        }
    }

    private static Map<String, String> options(String setting, String query) {
        Map<String, String> options = new TreeMap<>();
        for (String option : query == null ? new String[0] : query.split("&")) {
            String name = option.replaceFirst("=.*", "");
            String variable = SECRETS.get(name.toLowerCase(Locale.ROOT));
            if (variable != null) {
                throw secret(setting, name, variable);
            }
            String known = OPTIONS.stream()
                    .filter(name::equalsIgnoreCase)
                    .findFirst()
                    .orElseThrow(() -> new UserError(
                            setting + ": \"" + name + "\" is not an option of a Trino address that aiaudit knows.",
                            "Omit it, or use one of " + String.join(", ", OPTIONS) + "."));
            options.put(known, URLDecoder.decode(option.replaceFirst("^[^=]*=?", ""), StandardCharsets.UTF_8));
        }
        if ("NONE".equalsIgnoreCase(options.get(VERIFICATION))) {
            throw new UserError(
                    setting + ": SSLVerification=NONE would send your login to whoever answers.",
                    "Name the certificate of your own authority instead: SSLTrustStorePath=/path/to/ca.pem");
        }
        return options;
    }

    private static UserError secret(String setting, String what, String variable) {
        return new UserError(
                setting + ": the address of Trino holds " + what + ". Addresses end up in logs and shell histories.",
                "Remove it from the address, and set the variable " + variable + " instead.");
    }

    private static UserError form(String setting, String text) {
        return new UserError(
                setting + ": \"" + withoutSecrets(text) + "\" is not the address of a table in Trino.",
                "Write it as " + FORM + ", such as trino://trino.example.com:443/iceberg/finops/focus");
    }

    /** Everything between the slashes and an @, and all options, could be one. */
    private static String withoutSecrets(String text) {
        return text.replaceFirst("//[^/]*@", "//").replaceFirst("[?].*", "");
    }

    /** What the driver connects to; options are given to it beside this. */
    String jdbc() {
        return "jdbc:trino://" + host + ":" + port;
    }

    /** The cluster, for messages. */
    String server() {
        return host + ":" + port;
    }

    /** The page of Trino about one query. */
    String page(String query) {
        return (tls ? "https://" : "http://") + server() + "/ui/query.html?" + query;
    }

    /** As the statement names it, for people to paste. */
    String name() {
        List<String> parts = new ArrayList<>(table);
        parts.replaceAll(
                part -> part.matches("[A-Za-z_][A-Za-z0-9_]*") ? part : "\"" + part.replace("\"", "\"\"") + "\"");
        return String.join(".", parts);
    }

    /** The table and where it is, without options. */
    @Override
    public String toString() {
        return SCHEME + server() + "/" + table.stream().collect(Collectors.joining("/"));
    }
}
