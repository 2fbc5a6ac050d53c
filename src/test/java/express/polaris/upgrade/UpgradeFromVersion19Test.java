package express.polaris.upgrade;

/** The schema before the energy of a session was known twice, and answers were kept in chunks. */
class UpgradeFromVersion19Test extends UpgradeFrom {

    UpgradeFromVersion19Test() {
        super(19);
    }
}
