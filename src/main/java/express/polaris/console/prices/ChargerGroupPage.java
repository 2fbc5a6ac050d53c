package express.polaris.console.prices;

import express.polaris.web.FieldFaults;
import express.polaris.web.Shell;
import java.util.List;

/**
 * Pages {@code /operator/prices/groups/new} and {@code /operator/prices/groups/{code}}.
 *
 * @param isNew whether the group is not saved yet
 */
public record ChargerGroupPage(
        Shell shell, boolean isNew, String code, String name, List<Box> boxes, FieldFaults faults) {

    /** Charge box that can be chosen. */
    public record Box(String id, String name, String location, boolean chosen) {}

    public ChargerGroupPage {
        boxes = List.copyOf(boxes);
    }
}
