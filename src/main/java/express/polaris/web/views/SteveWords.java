package express.polaris.web.views;

import express.polaris.documents.Texts;
import express.polaris.steve.SteveSymptom;

/** Describes why SteVe gives no usable answer, and what to do about it. */
public record SteveWords(Texts texts) {

    /** What is wrong, phrased as the end of a sentence about SteVe. */
    public String problem(SteveSymptom symptom) {
        return texts.get("steve.symptom." + symptom.wireName());
    }

    /** What to do, in whole sentences. */
    public String advice(SteveSymptom symptom) {
        return texts.get("steve.advice." + symptom.wireName());
    }
}
