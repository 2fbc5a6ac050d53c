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
                    new Item("nav.attention", "/operator", "alert"),
                    new Item("nav.transactions", "/operator/transactions", "list"),
                    new Item("nav.sync", "/operator/sync-runs", "sync"),
                    new Item("nav.drivers", "/operator/drivers", "people"),
                    new Item("nav.allCards", "/operator/cards", "card"),
                    new Item("nav.allChargers", "/operator/chargers", "charger"),
                    new Item("nav.plans", "/operator/plans", "plan"),
                    new Item("nav.allInvoices", "/operator/invoices", "invoice"),
                    new Item("nav.audit", "/operator/audit", "shield")));

    /** One entry; {@code key} names its text. */
    public record Item(String key, String href, String icon) {}

    /** Entries that belong together; {@code key} names their heading. */
    public record Group(String key, List<Item> items) {}

    public static Navigation none() {
        return new Navigation(List.of(), "");
    }

    public static Navigation driver(String active) {
        return new Navigation(List.of(PORTAL), active);
    }

    /** The console first, then the operator's own charging. */
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
