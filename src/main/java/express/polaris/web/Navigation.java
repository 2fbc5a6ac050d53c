package express.polaris.web;

import java.util.ArrayList;
import java.util.List;

/**
 * Main navigation.
 *
 * @param active key of the active item; empty for none
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
                    new Item("nav.console.prices", "/operator/prices", "clock"),
                    new Item("nav.console.invoices", "/operator/invoices", "invoice"),
                    new Item("nav.console.audit", "/operator/audit", "shield"),
                    new Item("nav.console.health", "/operator/health", "pulse")));

    /** Entry; {@code key} is its text key. */
    public record Item(String key, String href, String icon) {}

    /** Group of entries; {@code key} is the text key of its heading. */
    public record Group(String key, List<Item> items) {}

    public static Navigation none() {
        return new Navigation(List.of(), "");
    }

    /** Navigation of a driver. */
    public static Navigation portal(String active) {
        return new Navigation(List.of(PORTAL), active);
    }

    /** Navigation of an operator: the console, and their own sessions, because an operator may charge too. */
    public static Navigation operator(String active) {
        return new Navigation(List.of(CONSOLE, PORTAL), active);
    }

    /** Items of the tab bar on a phone; the others are in its menu. */
    public List<Item> tabs() {
        return items().stream().limit(4).toList();
    }

    public List<Item> items() {
        var items = new ArrayList<Item>();
        groups.forEach(group -> items.addAll(group.items()));
        return List.copyOf(items);
    }
}
