package express.polaris.console.stations;

import express.polaris.web.AmountChart;
import java.math.BigDecimal;

/**
 * Utilisation of a charge box's connectors in percent of the time.
 *
 * @param days the last 30 days, the current day up to now
 * @param hours hours of the day, over those days
 * @param occupied share of that time in which a car was plugged in
 * @param charging share of that time in which energy flowed
 */
public record Utilisation(AmountChart days, AmountChart hours, BigDecimal occupied, BigDecimal charging) {}
