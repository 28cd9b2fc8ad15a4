package io.aiaudit.model;

import java.util.Base64;

/**
 * A picture that was checked when it was read: it is only what it looks like, and small enough to be part of a page.
 *
 * @param width its own, in units of the picture; with {@code height} it says the proportions
 */
public record Logo(Form form, String base64, int width, int height) {
    /** How a picture is written. */
    public enum Form {
        PNG("image/png"),
        SVG("image/svg+xml");

        private final String mediaType;

        Form(String mediaType) {
            this.mediaType = mediaType;
        }

        public String mediaType() {
            return mediaType;
        }
    }

    public static Logo of(Form form, byte[] bytes, int width, int height) {
        return new Logo(form, Base64.getEncoder().encodeToString(bytes), width, height);
    }

    public byte[] bytes() {
        return Base64.getDecoder().decode(base64);
    }

    /** As an address that holds the picture itself. */
    public String dataUri() {
        return "data:" + form.mediaType() + ";base64," + base64;
    }
}
