package io.aiaudit.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.duckdb.DuckDBConnection;

/**
 * Statements whose text came often, kept prepared, since to parse a long one takes as long as to plan and run it. To
 * prepare one takes time too, so the first ones of a text are not. The database plans a prepared one each time it runs:
 * tables and views may change in between.
 */
final class Repeated {
    private static final int TIMES_UNPREPARED = 2;
    private static final int MOST = 200;

    private final DuckDBConnection connection;
    private final Map<String, Text> texts = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Text {
        private int times;
        private PreparedStatement statement;
    }

    Repeated(DuckDBConnection connection) {
        this.connection = connection;
    }

    /** The prepared statement of this text, for one run; not to be closed. Null while it need not be prepared. */
    PreparedStatement find(String sql) throws SQLException {
        Text text = texts.computeIfAbsent(sql, unknown -> new Text());
        forgetOldest();
        if (++text.times > TIMES_UNPREPARED && text.statement == null) {
            text.statement = connection.prepareStatement(sql);
        }
        return text.statement;
    }

    private void forgetOldest() throws SQLException {
        if (texts.size() > MOST) {
            PreparedStatement oldest = texts.remove(texts.keySet().iterator().next()).statement;
            if (oldest != null) {
                oldest.close();
            }
        }
    }
}
