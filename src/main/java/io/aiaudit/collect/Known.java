package io.aiaudit.collect;

import io.aiaudit.model.Resource;
import java.util.List;

/** The resources that landed before a slice of metrics, prices or advice runs. */
public interface Known {
    List<Resource> resources(String kind);
}
