package planted;

class Crooked  {
  int  one( ) {return 1;}
}
