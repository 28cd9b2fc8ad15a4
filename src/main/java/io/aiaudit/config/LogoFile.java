package io.aiaudit.config;

import io.aiaudit.model.Logo;
import io.aiaudit.model.UserError;
import io.aiaudit.model.YamlNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Reads the file of a logo and refuses whatever could do more than be looked at. */
final class LogoFile {
    private static final int LARGEST_FILE = 512 * 1024;

    /** Pixels in each direction: more than print needs, and little to unpack. */
    private static final int LARGEST_SIDE = 2_000;

    private static final byte[] PNG_START = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private LogoFile() {}

    /** @param named where the configuration names it */
    static Logo read(Path file, YamlNode named) {
        byte[] bytes = bytes(file, named);
        if (startsAsPng(bytes)) {
            return png(bytes, named);
        }
        if (new String(bytes, 0, Math.min(bytes.length, 1024), StandardCharsets.UTF_8)
                .stripLeading()
                .startsWith("<")) {
            return SvgLogo.of(bytes, named);
        }
        throw named.error(
                named.text() + " is neither a PNG nor an SVG picture.",
                "Save the logo as PNG, or as SVG with its shapes only.");
    }

    private static byte[] bytes(Path file, YamlNode named) {
        if (!Files.isRegularFile(file)) {
            throw named.error(
                    named.text() + (Files.exists(file) ? " is not a regular file." : " does not exist."),
                    "Name a PNG or SVG file; a relative path starts at the folder of the configuration.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                throw named.error(named.text() + " is larger than 512 KiB.", "Save the logo smaller.");
            }
            return bytes;
        } catch (IOException e) {
            throw new UserError(
                    named.location() + ": " + named.text() + " cannot be read.",
                    "Check its permissions: ls -l " + file,
                    e);
        }
    }

    private static boolean startsAsPng(byte[] bytes) {
        if (bytes.length < PNG_START.length) {
            return false;
        }
        for (int index = 0; index < PNG_START.length; index++) {
            if (bytes[index] != PNG_START[index]) {
                return false;
            }
        }
        return true;
    }

    /** Written anew from its pixels, so that nothing else of the file gets into a report. */
    private static Logo png(byte[] bytes, YamlNode named) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("png");
        ImageReader reader = readers.next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(in, true, true);
            if (Math.max(reader.getWidth(0), reader.getHeight(0)) > LARGEST_SIDE) {
                throw named.error(
                        named.text() + " has more than " + LARGEST_SIDE + " pixels in a row or column.",
                        "Save the logo smaller.");
            }
            BufferedImage picture = reader.read(0);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(picture, "png", out);
            return Logo.of(Logo.Form.PNG, out.toByteArray(), picture.getWidth(), picture.getHeight());
        } catch (IOException | IllegalArgumentException e) {
            throw new UserError(
                    named.location() + ": " + named.path() + ": " + named.text()
                            + " is damaged: it starts as a PNG picture and is none.",
                    "Save the logo again as PNG.",
                    e);
        } finally {
            reader.dispose();
        }
    }
}
