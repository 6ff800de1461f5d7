/**
 * Invented given names and surname parts for people who fill the account up to a wanted size.
 *
 * None of them is the name, or starts with the name, of a person in the account file, so that a sentence about
 * "bob" or "chris" means the same in an account of thirty and of a hundred thousand.
 */
export const GIVEN_NAMES: readonly string[] =
  `Abena Adele Agnes Ahmed Aiko Alba Aldo Amara Amina Anders Aniela Anton Arjun Astrid Aurora Axel Beatriz Bela Benita
  Bjorn Bruno Camila Cedric Celine Ciara Clara Cyrus Dalia Damian Daria Demir Diego Dmitri Edith Edvard Eira Elena Elif
  Elio Emeka Emil Enzo Esme Esther Ezra Fabian Farah Fatima Felix Filip Fiona Flora Florian Freya Gemma Georgi Gideon
  Gilda Giulia Greta Gustav Hana Hanna Hassan Hector Helga Henrik Hugo Ibrahim Ida Ilse Imani Ines Ingrid Irina Isak Ivan
  Jamal Jana Jasper Joanna Jonas Judit Juliet Kai Kamal Karim Katya Keiko Kemal Kiran Klara Kofi Lars Latif Leila Lena
  Leon Liam Lidia Linus Livia Luca Lucia Ludwig Luisa Magda Malik Marco Marta Mateo Matilda Mehmet Mina Mira Mohan Moira
  Nikolai Nils Nina Noor Nora Oksana Olga Olive Orla Oscar Pablo Pedro Petra Pia Quentin Rafael Rania Rashid Regina Remi
  Renata Rhea Rocco Rosa Ruben Saskia Selma Silas Simone Sofia Stefan Sunita Svea Tamar Tariq Tessa Theo Tobias Tova Ulla
  Uma Valeria Vera Viktor Viola Wanda Wren Xavier Yara Yusuf Zara Zofia`.split(/\s+/);

export const SURNAME_STARTS: readonly string[] =
  `Ash Birch Bram Brook Cald Clay Cold Crane Dal Dray Dun East Elm Fair Fal Fen Fern Finch Fox Glen Gold Green Hal Hart
  Hather Haw Hazel Hed High Hol Hun Ivers Keld Ken Kirk Lang Lark Lin Long Mal Mar Mead Mel Mil Nether North Oak Old Pem
  Pen Pres Quar Rad Raven Red Rid Rook Rush Sel Shel Silver Som Stan Stone Strat Swan Tarn Thorn Tor Under Wal War Wat
  West Whit Wind Wither Wood Yar`.split(/\s+/);

export const SURNAME_ENDS: readonly string[] =
  `beck berg bourne bridge brook burn bury by cliffe combe cote croft dale dean den field ford gate ham hurst land leigh
  ley low mere mont more ridge rose shaw side stead stock stone strand thorpe ton vale wald ward water wick worth
  yard`.split(/\s+/);
