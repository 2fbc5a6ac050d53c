package express.polaris.demo.simulator;

import express.polaris.demo.simulator.DemoCharger.DemoConnector;
import java.util.List;

/**
 * Demo chargers and cards: a garage with AC chargers, a car park with DC chargers, three drivers' cards and one
 * unlinked idTag.
 */
public final class DemoSite {

    /** Ada's everyday card. */
    public static final String ADA_CARD = "ADA-4F21C7";

    /** Ada's second card, on her key ring. */
    public static final String ADA_KEY_RING = "ADA-9B03E5";

    public static final String BEN_CARD = "BEN-71D8A2";
    public static final String CLEO_CARD = "CLEO-C45E19";

    /** idTag without an owner in the portal. */
    public static final String UNLINKED_TAG = "GUEST-0A6B77";

    static final SimulatedChargePoint GARAGE_1_LEFT = ac("GARAGE-1", 1, 11, MeterStyle.NORMAL);
    static final SimulatedChargePoint GARAGE_1_RIGHT = ac("GARAGE-1", 2, 11, MeterStyle.PHASES);
    static final SimulatedChargePoint GARAGE_2_LEFT = ac("GARAGE-2", 1, 22, MeterStyle.BARE);
    static final SimulatedChargePoint GARAGE_2_RIGHT = ac("GARAGE-2", 2, 22, MeterStyle.PHASES);
    static final SimulatedChargePoint GARAGE_3 = ac("GARAGE-3", 1, 11, MeterStyle.NO_POWER);
    static final SimulatedChargePoint PARK_1_LEFT = dc("PARK-1", 1, 150, MeterStyle.NORMAL);
    static final SimulatedChargePoint PARK_1_RIGHT = dc("PARK-1", 2, 150, MeterStyle.NORMAL);
    static final SimulatedChargePoint PARK_2_LEFT = dc("PARK-2", 1, 50, MeterStyle.KILOWATT_HOURS);
    static final SimulatedChargePoint PARK_2_RIGHT = dc("PARK-2", 2, 50, MeterStyle.KILOWATT_HOURS);
    static final SimulatedChargePoint PARK_3_LEFT = dc("PARK-3", 1, 150, MeterStyle.LATE_FINAL);
    static final SimulatedChargePoint PARK_3_RIGHT = dc("PARK-3", 2, 150, MeterStyle.SILENT_AT_END);

    static final List<SimulatedChargePoint> CHARGE_POINTS = List.of(
            GARAGE_1_LEFT,
            GARAGE_1_RIGHT,
            GARAGE_2_LEFT,
            GARAGE_2_RIGHT,
            GARAGE_3,
            PARK_1_LEFT,
            PARK_1_RIGHT,
            PARK_2_LEFT,
            PARK_2_RIGHT,
            PARK_3_LEFT,
            PARK_3_RIGHT);

    private static final List<DemoCard> CARDS = List.of(
            new DemoCard(ADA_CARD, "ada", "Wallet card", "blue"),
            new DemoCard(ADA_KEY_RING, "ada", "Key ring", "amber"),
            new DemoCard(BEN_CARD, "ben", "Company card", "green"),
            new DemoCard(CLEO_CARD, "cleo", "My card", "violet"));

    private static final String GARAGE = "Underground garage, Harbour Street 4";
    private static final String PARK = "Car park at the station, North exit";

    private static final List<DemoCharger> CHARGERS = List.of(
            charger("GARAGE-1", "Garage 1", "PX-101", GARAGE, type2(1, 11), type2(2, 11)),
            charger("GARAGE-2", "Garage 2", "PX-102", GARAGE, type2(1, 22), type2(2, 22)),
            charger("GARAGE-3", "Garage 3", "PX-103", GARAGE, type2(1, 11)),
            charger("PARK-1", "Fast charger 1", "PX-201", PARK, ccs(1, 150), ccs(2, 150)),
            charger("PARK-2", "Fast charger 2", "PX-202", PARK, ccs(1, 50), new DemoConnector(2, "CHAdeMO", 50)),
            charger("PARK-3", "Fast charger 3", "PX-203", PARK, ccs(1, 150), ccs(2, 150)));

    private DemoSite() {}

    /** Cards of drivers; {@link #UNLINKED_TAG} is not among them. */
    public static List<DemoCard> cards() {
        return CARDS;
    }

    public static List<DemoCharger> chargers() {
        return CHARGERS;
    }

    private static SimulatedChargePoint ac(String chargeBoxId, int connectorId, int kilowatts, MeterStyle style) {
        return new SimulatedChargePoint(chargeBoxId, connectorId, kilowatts * 1000L, false, style);
    }

    private static SimulatedChargePoint dc(String chargeBoxId, int connectorId, int kilowatts, MeterStyle style) {
        return new SimulatedChargePoint(chargeBoxId, connectorId, kilowatts * 1000L, true, style);
    }

    private static DemoCharger charger(
            String chargeBoxId, String name, String publicId, String location, DemoConnector... connectors) {
        return new DemoCharger(chargeBoxId, name, publicId, location, List.of(connectors));
    }

    private static DemoConnector type2(int id, int maxKw) {
        return new DemoConnector(id, "Type 2", maxKw);
    }

    private static DemoConnector ccs(int id, int maxKw) {
        return new DemoConnector(id, "CCS", maxKw);
    }
}
