package io.aiaudit.report.paper;

import java.io.IOException;

/** Something to draw, under a tag or as decoration. */
@FunctionalInterface
public interface Drawing {
    void draw() throws IOException;
}
