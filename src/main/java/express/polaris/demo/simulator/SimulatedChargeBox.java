package express.polaris.demo.simulator;

/** Charge box registered in SteVe. */
public final class SimulatedChargeBox {

    private final int pk;
    private final String id;
    private volatile ChargeBoxBehaviour behaviour = ChargeBoxBehaviour.ONLINE;
    private volatile ChargePointCommands commands;

    SimulatedChargeBox(int pk, String id, ChargePointCommands commands) {
        this.pk = pk;
        this.id = id;
        this.commands = commands;
    }

    /** SteVe's primary key. */
    public int pk() {
        return pk;
    }

    public String id() {
        return id;
    }

    public ChargeBoxBehaviour behaviour() {
        return behaviour;
    }

    /** Changes how further remote operations are answered. */
    public SimulatedChargeBox behaviour(ChargeBoxBehaviour newBehaviour) {
        behaviour = newBehaviour;
        return this;
    }

    ChargePointCommands commands() {
        return commands;
    }

    /** Replaces the station behind this charge box. */
    public SimulatedChargeBox commands(ChargePointCommands newCommands) {
        commands = newCommands;
        return this;
    }
}
