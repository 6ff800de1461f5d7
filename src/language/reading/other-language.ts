import { trait, traitsIn } from '../text/traits.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { type Lattice, SKIP } from './lattice.ts';

/** Common words of other languages that are no English words and nobody's name here. */
const FOREIGN = new Set(
  `der die das und ist nicht bitte gib gebe mach mache entferne nimm für fur von mit bis morgen heute hat haben wer kann darf warum welche rolle rollen rechte berechtigung zeig zeige mir ich du er sie wir ihr ein eine einen dem den auch noch mal wie viele alle weg soll sollen werden wird keine kein
  le la les un une des est pas donne donner donnez retire retirer enleve enlever ajoute ajouter pour avec sans qui peut pourquoi quel quelle quels quelles droits jusqu jusqua demain aujourdhui svp sil vous plait moi toi lui elle nous et ou mais dans sur aux cette son sa ses mon ma mes peux veux faut role utilisateur
  el los las una y es dame dale darle quita quitar agrega anade por favor para con sin quien quienes puede puedo porque cual cuales permisos permiso hasta manana hoy tiene tienen todos todas a al del su sus mi mis rol usuario quiero necesito dar
  il gli dai dammi togli togliere rimuovi aggiungi per favore chi puo perche quale quali permessi fino domani oggi ha hanno tutti tutte della delle dello nel nella ruolo ruoli utente
  o os as um uma nao dar tire tirar remova remover adicione quem pode porque qual quais permissoes ate amanha hoje tem tem todos funcao papel voce
  het een niet geef verwijder neem alsjeblieft wie kan mag waarom welke rollen rechten tot morgen vandaag heeft hebben alle van voor met en
  och inte ge ta bort vem kan varfor vilka roller till imorgon har alla med av jag
  ja nie jest prosze daj usun kto moze dlaczego jakie role uprawnienia do jutra dzis ma wszyscy z dla`.split(/\s+/),
);
/** Words of the lists above that English has too; alone they prove nothing. */
const SHARED = new Set([
  'die',
  'hat',
  'was',
  'a',
  'an',
  'role',
  'roles',
  'all',
  'alle',
  'do',
  'as',
  'o',
  'per',
  'plait',
  'en',
  'van',
  'ma',
  'pas',
  'des',
  'son',
  'mal',
  'mit',
  'war',
  'me',
  'no',
  'y',
  'e',
  'un',
  'con',
  'sin',
  'sur',
  'et',
  'la',
  'le',
  'el',
  'las',
  'los',
  'il',
  'al',
  'del',
  'dar',
  'ha',
  'ja',
  'z',
  'ta',
  'ge',
  'av',
  'bis',
  'fur',
  'mi',
  'su',
  'ou',
  'rollen',
  'mag',
  'moi',
  'es',
  'os',
  'um',
  'tire',
  'rol',
  'den',
  'dem',
  'er',
  'du',
  'ist',
  'sa',
  'mon',
  'sans',
  'est',
  'tot',
  'alla',
  'wie',
  'neem',
  'mir',
  'nos',
  'till',
]);
const LETTER = /\p{L}/u;
const LATIN = /\p{Script=Latin}/u;

/** A word without which no text is in another language. */
const FOREIGN_WORD = trait((key) => isForeignScript(key) || (FOREIGN.has(key) && !SHARED.has(key)));

/** Whether a text is in another language: more of its words are foreign than English. */
export function isAnotherLanguage(lattice: Lattice, vocabulary: Vocabulary): boolean {
  if ((traitsIn(lattice.tokens) & FOREIGN_WORD) === 0) return false;
  let foreign = 0;
  let certain = 0;
  let english = 0;
  let script = 0;
  lattice.tokens.forEach((token, at) => {
    if (token.kind !== 'word' || token.quote > 0) return;
    if (isName(lattice, at)) return;
    if (isForeignScript(token.key)) script += 1;
    else if (FOREIGN.has(token.key)) {
      foreign += 1;
      if (!SHARED.has(token.key)) certain += 1;
      else english += 0.5;
    } else if ((lattice.skip[at] ?? 0) < SKIP.unknown) english += 1;
    void vocabulary;
  });
  if (script > 0) return script >= english;
  return certain > 0 && foreign + certain > english;
}

function isForeignScript(key: string): boolean {
  return !isPlain(key) && !LATIN.test(key) && LETTER.test(key);
}

/** Whether a word begins with a letter of the English alphabet. */
function isPlain(key: string): boolean {
  const first = key.charCodeAt(0);
  return first >= 97 && first <= 122;
}

function isName(lattice: Lattice, at: number): boolean {
  return (lattice.startingAt[at] ?? []).some(
    (edge) =>
      edge.value !== null && edge.value.kind !== 'text' && edge.value.kind !== 'time' && edge.cost < 0.3 && !edge.slip,
  );
}
