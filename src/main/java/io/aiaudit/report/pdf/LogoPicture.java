package io.aiaudit.report.pdf;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.parser.resources.ResourcePolicy;
import com.github.weisj.jsvg.view.ViewBox;
import io.aiaudit.model.Logo;
import io.aiaudit.report.paper.Block;
import io.aiaudit.report.paper.Figure;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** A logo as it is on paper. */
final class LogoPicture {
    private static final float WIDEST = 200;
    private static final float HIGHEST = 64;

    /** Dots of a drawing for each point of paper: 300 an inch. */
    private static final float DOTS = 300f / 72;

    private LogoPicture() {}

    static Block of(Logo logo, String description) {
        float scale = Math.min(WIDEST / logo.width(), HIGHEST / logo.height());
        float width = logo.width() * scale;
        float height = logo.height() * scale;
        BufferedImage picture =
                picture(logo, Math.max(1, Math.round(width * DOTS)), Math.max(1, Math.round(height * DOTS)));
        return new Figure(
                height, description, (sheet, left, top, all) -> sheet.picture(picture, left, top, width, height));
    }

    private static BufferedImage picture(Logo logo, int dotsWide, int dotsHigh) {
        try (ByteArrayInputStream in = new ByteArrayInputStream(logo.bytes())) {
            return logo.form() == Logo.Form.PNG ? ImageIO.read(in) : drawn(in, dotsWide, dotsHigh);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory are read", e);
        }
    }

    private static BufferedImage drawn(ByteArrayInputStream in, int dotsWide, int dotsHigh) {
        LoaderContext nothingElse = LoaderContext.builder()
                .externalResourcePolicy(ResourcePolicy.DENY_ALL)
                .build();
        SVGDocument drawing = new SVGLoader().load(in, null, nothingElse);
        BufferedImage picture = new BufferedImage(dotsWide, dotsHigh, BufferedImage.TYPE_INT_ARGB);
        if (drawing != null) {
            Graphics2D canvas = picture.createGraphics();
            canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            drawing.render(null, canvas, new ViewBox(dotsWide, dotsHigh));
            canvas.dispose();
        }
        return picture;
    }
}
