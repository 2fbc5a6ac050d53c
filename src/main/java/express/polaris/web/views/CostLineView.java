package express.polaris.web.views;

import express.polaris.units.Interval;
import express.polaris.units.Money;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Line of "why this price", in the reader's words.
 *
 * @param planCode code of the plan
 * @param plan its name
 * @param about what the price is for, such as {@code Night}, {@code 0–100 kWh} or {@code Idle}; empty for energy at any
 *     time and place
 * @param period part of the billing period in which the subscription was in force
 * @param quantity energy, minutes or sessions, such as {@code 12.400 kWh}
 * @param unitPrice such as {@code €0.19}, or an average; empty for a flat amount alone
 * @param flat amount beside unit price × quantity; empty for none
 * @param amount unrounded
 * @param steps market prices that it consists of; empty for one price
 */
public record CostLineView(
        String planCode,
        String plan,
        List<String> about,
        Interval period,
        String quantity,
        Optional<String> unitPrice,
        Optional<String> flat,
        Money amount,
        List<Step> steps) {

    public CostLineView {
        about = List.copyOf(about);
        steps = List.copyOf(steps);
    }

    /**
     * Market price of some hours.
     *
     * @param hours such as {@code 18:00–19:00}
     */
    public record Step(String hours, String quantity, String unitPrice, Money amount) {}

    /**
     * Lines of one plan in one period.
     *
     * @param period part of the billing period in which the subscription was in force
     */
    public record Group(String planCode, String plan, Interval period, List<CostLineView> lines) {}

    /** Groups the lines by plan and period, in order of first appearance. */
    public static List<Group> groups(List<CostLineView> lines) {
        record Key(String planCode, String plan, Interval period) {}
        var groups = new LinkedHashMap<Key, List<CostLineView>>();
        lines.forEach(line -> groups.computeIfAbsent(
                        new Key(line.planCode(), line.plan(), line.period()), key -> new ArrayList<>())
                .add(line));
        return groups.entrySet().stream()
                .map(group -> new Group(
                        group.getKey().planCode(),
                        group.getKey().plan(),
                        group.getKey().period(),
                        List.copyOf(group.getValue())))
                .toList();
    }

    /** The same line with another amount. */
    public CostLineView with(Money other) {
        return new CostLineView(planCode, plan, about, period, quantity, unitPrice, flat, other, steps);
    }
}
