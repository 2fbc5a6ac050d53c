package express.polaris.console;

import express.polaris.web.AmountChart;
import java.math.BigDecimal;

/**
 * How much of the time a charge box's connectors are used, in percent.
 *
 * @param days of the last 30, today as far as it has come
 * @param hours of the day, over those days
 * @param occupied of all that time
 * @param charging of all that time
 */
public record Utilisation(AmountChart days, AmountChart hours, BigDecimal occupied, BigDecimal charging) {}
