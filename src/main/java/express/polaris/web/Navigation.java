package express.polaris.web;

import java.util.ArrayList;
import java.util.List;

/**
 * The way around the pages.
 *
 * @param active the key of the item that is open, empty for none
 */
public record Navigation(List<Group> groups, String active) {

    private static final Group PORTAL = new Group(
            "nav.portal",
            List.of(
                    new Item("nav.dashboard", "/", "home"),
                    new Item("nav.sessions", "/sessions", "bolt"),
                    new Item("nav.chargers", "/chargers", "charger"),
                    new Item("nav.cards", "/cards", "card"),
                    new Item("nav.invoices", "/invoices", "invoice")));

    private static final Group CONSOLE = new Group(
            "nav.console",
            List.of(
                    new Item("nav.console.overview", "/operator", "gauge"),
                    new Item("nav.console.transactions", "/operator/transactions", "list"),
                    new Item("nav.console.sync", "/operator/sync", "sync"),
                    new Item("nav.console.drivers", "/operator/drivers", "people"),
                    new Item("nav.console.cards", "/operator/cards", "card"),
                    new Item("nav.console.chargers", "/operator/chargers", "charger"),
                    new Item("nav.console.plans", "/operator/plans", "plan"),
                    new Item("nav.console.invoices", "/operator/invoices", "invoice"),
                    new Item("nav.console.audit", "/operator/audit", "shield"),
                    new Item("nav.console.health", "/operator/health", "pulse")));

    /** One entry; {@code key} names its text. */
    public record Item(String key, String href, String icon) {}

    /** Entries that belong together; {@code key} names their heading. */
    public record Group(String key, List<Item> items) {}

    public static Navigation none() {
        return new Navigation(List.of(), "");
    }

    /** A driver's own charging. */
    public static Navigation portal(String active) {
        return new Navigation(List.of(PORTAL), active);
    }

    /** The console, and an operator's own charging: an operator may charge too. */
    public static Navigation operator(String active) {
        return new Navigation(List.of(CONSOLE, PORTAL), active);
    }

    /** What a phone shows along its lower edge; the rest is in its menu. */
    public List<Item> tabs() {
        return items().stream().limit(4).toList();
    }

    public List<Item> items() {
        var items = new ArrayList<Item>();
        groups.forEach(group -> items.addAll(group.items()));
        return List.copyOf(items);
    }
}
