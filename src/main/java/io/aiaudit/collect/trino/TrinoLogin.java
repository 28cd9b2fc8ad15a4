package io.aiaudit.collect.trino;

import io.aiaudit.model.UserError;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;

/** Who connects to Trino, and what proves it. Secrets come from variables of the environment only. */
public final class TrinoLogin {
    static final String USER = "TRINO_USER";
    static final String PASSWORD = "TRINO_PASSWORD";
    static final String TOKEN = "TRINO_ACCESS_TOKEN";
    static final String KEY_STORE_PASSWORD = "TRINO_KEYSTORE_PASSWORD";
    static final String TRUST_STORE_PASSWORD = "TRINO_TRUSTSTORE_PASSWORD";

    private static final String KEY_STORE = "SSLKeyStorePath";

    private final UnaryOperator<String> environment;

    /** {@code environment} has the value of a variable, or null. */
    public TrinoLogin(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.apply(name)).filter(value -> !value.isBlank());
    }

    /**
     * What the driver is given for an address.
     *
     * @throws UserError when the login is ambiguous, or a secret would travel without encryption
     */
    Properties properties(TrinoAddress address) {
        Optional<String> password = variable(PASSWORD);
        Optional<String> token = variable(TOKEN);
        if (password.isPresent() && token.isPresent()) {
            throw new UserError(
                    PASSWORD + " and " + TOKEN + " are both set, and Trino takes one of them.",
                    "Unset the one that is not meant: unset " + PASSWORD);
        }
        if (!address.tls() && (password.isPresent() || token.isPresent())) {
            throw new UserError(
                    (password.isPresent() ? PASSWORD : TOKEN) + " is set, and " + address
                            + " is not encrypted, so it is not sent.",
                    "Add ?SSL=true to the address and use the HTTPS port of Trino, or unset the variable.");
        }
        Properties properties = new Properties();
        address.options().forEach(properties::setProperty);
        properties.setProperty("SSL", Boolean.toString(address.tls()));
        properties.setProperty("source", "aiaudit");
        properties.setProperty("timezone", "UTC");
        password.ifPresent(value -> properties.setProperty("password", value));
        token.ifPresent(value -> properties.setProperty("accessToken", value));
        if (address.options().containsKey(KEY_STORE)) {
            variable(KEY_STORE_PASSWORD).ifPresent(value -> properties.setProperty("SSLKeyStorePassword", value));
        }
        if (address.options().containsKey("SSLTrustStorePath")) {
            variable(TRUST_STORE_PASSWORD).ifPresent(value -> properties.setProperty("SSLTrustStorePassword", value));
        }
        user(address, token.isPresent()).ifPresent(value -> properties.setProperty("user", value));
        return properties;
    }

    /**
     * A token or a certificate identifies the user by itself; else it is the user of this computer, as for Trino's own
     * client.
     */
    private Optional<String> user(TrinoAddress address, boolean token) {
        return Optional.ofNullable(address.user())
                .or(() -> variable(USER))
                .or(() -> token || address.options().containsKey(KEY_STORE)
                        ? Optional.empty()
                        : Optional.of(System.getProperty("user.name")));
    }

    /** How this logs in, for messages. */
    String means(TrinoAddress address) {
        if (variable(TOKEN).isPresent()) {
            return "the token in " + TOKEN;
        }
        if (variable(PASSWORD).isPresent()) {
            return "the user " + user(address, false).orElseThrow() + " with the password in " + PASSWORD;
        }
        return address.options().containsKey(KEY_STORE)
                ? "the certificate in " + address.options().get(KEY_STORE)
                : "the user " + user(address, false).orElseThrow() + " without a password";
    }
}
